package dev.chiron.evals.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.List;

/** A search space as JSON: its parameters by name, its constraints as texts, its conditions by parameter, parent and values. */
final class SpaceJson {

    private SpaceJson() {}

    static ObjectNode write(SearchSpace space) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode parameters = node.putArray("parameters");
        space.parameters().forEach(parameter -> write(parameter, parameters.addObject()));
        ArrayNode constraints = node.putArray("constraints");
        space.constraints().forEach(constraint -> constraints.add(constraint.text()));
        ArrayNode conditions = node.putArray("conditions");
        space.conditions().forEach(condition -> write(condition, conditions.addObject()));
        return node;
    }

    private static void write(Condition condition, ObjectNode node) {
        node.put("parameter", condition.parameter()).put("parent", condition.parent());
        ArrayNode values = node.putArray("values");
        condition.values().forEach(value -> values.addPOJO(value.plain()));
    }

    private static Condition condition(JsonNode node) {
        List<Value> values = new ArrayList<>();
        node.path("values").forEach(value -> values.add(value(value)));
        return new Condition(
                node.path("parameter").asText(), node.path("parent").asText(), values);
    }

    private static void write(Parameter parameter, ObjectNode node) {
        node.put("name", parameter.name());
        if (parameter instanceof Parameter.Real real) {
            node.put("type", "float").put("low", real.low()).put("high", real.high());
            node.put("log", real.log());
        } else if (parameter instanceof Parameter.Whole whole) {
            node.put("type", "int").put("low", whole.low()).put("high", whole.high());
            node.put("log", whole.log()).put("step", whole.step());
            node.put("powers_of_two", whole.powersOfTwo());
        } else if (parameter instanceof Parameter.Choice choice) {
            node.put("type", "choice").put("ordered", choice.ordered());
            ArrayNode options = node.putArray("options");
            choice.options().forEach(option -> options.addPOJO(option.plain()));
        }
    }

    /** @throws IllegalArgumentException if it is no space */
    static SearchSpace read(JsonNode node) {
        List<Parameter> parameters = new ArrayList<>();
        node.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        List<Constraint> constraints = new ArrayList<>();
        node.path("constraints").forEach(constraint -> constraints.add(Constraint.parse(constraint.asText())));
        List<Condition> conditions = new ArrayList<>();
        node.path("conditions").forEach(condition -> conditions.add(condition(condition)));
        return new SearchSpace(parameters, constraints, conditions);
    }

    private static Parameter parameter(JsonNode node) {
        String name = node.path("name").asText();
        boolean log = node.path("log").asBoolean();
        switch (node.path("type").asText()) {
            case "float" -> {
                return new Parameter.Real(
                        name, node.path("low").asDouble(), node.path("high").asDouble(), log);
            }
            case "int" -> {
                return new Parameter.Whole(
                        name,
                        node.path("low").asLong(),
                        node.path("high").asLong(),
                        log,
                        node.path("step").asLong(1),
                        node.path("powers_of_two").asBoolean());
            }
            case "choice" -> {
                List<Value> options = new ArrayList<>();
                node.path("options").forEach(option -> options.add(value(option)));
                return new Parameter.Choice(name, options, node.path("ordered").asBoolean());
            }
            default -> throw new IllegalArgumentException("parameter " + name + " has no type float, int or choice");
        }
    }

    /** A number, text or truth value. */
    static Value value(JsonNode node) {
        if (node.isIntegralNumber()) {
            return Value.of(node.asLong());
        }
        return node.isNumber()
                ? Value.of(node.asDouble())
                : node.isBoolean() ? Value.of(node.asBoolean()) : Value.of(node.asText());
    }
}
