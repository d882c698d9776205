package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.describe.Remark;
import java.util.List;
import java.util.Optional;

/**
 * The JSON schemas of replies: a config is an object with every parameter, inside its range; candidates are a list of configs with
 * what is expected of each.
 */
public final class ReplySchema {

    private ReplySchema() {}

    static final String CANDIDATES = "candidates";
    static final String VALUE = "value";
    static final String FAILURE = "failure";
    static final String SUGGESTION = "suggestion";

    /** Of candidates, as text. */
    public static String candidates(SearchSpace space) {
        ObjectNode chance = number().put("minimum", 0).put("maximum", 1);
        ObjectNode candidate = JsonNodeFactory.instance.objectNode();
        candidate.set("config", ofConfig(space));
        candidate.set(VALUE, number());
        candidate.set(FAILURE, chance);
        ObjectNode candidates = JsonNodeFactory.instance.objectNode();
        candidates.putObject(CANDIDATES).put("type", "array").set("items", object(candidate));
        return object(candidates).toString();
    }

    /** Of candidates without forecasts, as text. */
    public static String configs(SearchSpace space) {
        ObjectNode candidate = JsonNodeFactory.instance.objectNode();
        candidate.set("config", ofConfig(space));
        ObjectNode candidates = JsonNodeFactory.instance.objectNode();
        candidates.putObject(CANDIDATES).put("type", "array").set("items", object(candidate));
        return object(candidates).toString();
    }

    /** Of one config, as text. */
    public static String config(SearchSpace space) {
        return ofConfig(space).toString();
    }

    /** Of one config with the reasons for it, as text. */
    public static String suggestion(SearchSpace space) {
        ObjectNode suggestion = JsonNodeFactory.instance.objectNode();
        suggestion.set("reasoning", text());
        suggestion.set("answer", text());
        suggestion.set(SUGGESTION, ofConfig(space));
        return object(suggestion).toString();
    }

    /** Of one config with what it is to find out, as text. */
    public static String experiment(SearchSpace space) {
        ObjectNode experiment = JsonNodeFactory.instance.objectNode();
        experiment.set(Remark.Kind.OBJECTIVE.label(), text());
        experiment.set("config", ofConfig(space));
        return object(experiment).toString();
    }

    private static ObjectNode ofConfig(SearchSpace space) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        space.parameters().forEach(parameter -> properties.set(parameter.name(), property(parameter)));
        return object(properties);
    }

    /** An object of exactly these properties, which is what strict servers ask for. */
    static ObjectNode object(ObjectNode properties) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.set("properties", properties);
        ArrayNode required = schema.putArray("required");
        properties.fieldNames().forEachRemaining(required::add);
        return schema.put("additionalProperties", false);
    }

    static ObjectNode text() {
        return JsonNodeFactory.instance.objectNode().put("type", "string");
    }

    static ObjectNode number() {
        return JsonNodeFactory.instance.objectNode().put("type", "number");
    }

    private static ObjectNode property(Parameter parameter) {
        ObjectNode property = JsonNodeFactory.instance.objectNode();
        if (parameter instanceof Parameter.Real real) {
            return property.put("type", "number").put("minimum", real.low()).put("maximum", real.high());
        }
        if (parameter instanceof Parameter.Whole whole) {
            property.put("type", "integer").put("minimum", whole.low()).put("maximum", whole.high());
            if (whole.powersOfTwo()) {
                ArrayNode powers = property.putArray("enum");
                for (double place : whole.grid()) {
                    powers.addPOJO(whole.decode(place).plain());
                }
            }
            return property;
        }
        if (parameter instanceof Parameter.Choice choice) {
            type(choice).ifPresent(type -> property.put("type", type));
            ArrayNode options = property.putArray("enum");
            for (Value option : choice.options()) {
                options.addPOJO(option.plain());
            }
            return property;
        }
        throw new AssertionError(parameter);
    }

    /** The one type of all options, which some servers ask for beside the options; none if they are mixed. */
    private static Optional<String> type(Parameter.Choice choice) {
        List<String> types =
                choice.options().stream().map(ReplySchema::type).distinct().toList();
        return types.size() == 1 ? Optional.of(types.get(0)) : Optional.empty();
    }

    private static String type(Value option) {
        if (option instanceof Value.Text) {
            return "string";
        }
        if (option instanceof Value.Flag) {
            return "boolean";
        }
        return option instanceof Value.Whole ? "integer" : "number";
    }
}
