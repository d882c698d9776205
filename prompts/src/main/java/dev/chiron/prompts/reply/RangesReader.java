package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.describe.Tunable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a model's ranges for the constants of a script. Each is checked by itself: a bad one takes none with it. */
public final class RangesReader {

    private static final int LONGEST_REASON = 100;

    private final Map<String, Tunable> constants = new LinkedHashMap<>();

    /** For these constants. */
    public RangesReader(List<Tunable> constants) {
        constants.forEach(constant -> this.constants.put(constant.name(), constant));
    }

    /**
     * What a reply comes to.
     *
     * @param advice by constant; those without are to be searched as was proposed
     * @param problems what could not be used and why, in a line each
     */
    public record Ranges(Map<String, Advice> advice, List<String> problems) {}

    /** A reply whose objects name none of the constants has no advice, and says so among the problems. */
    public Ranges read(String reply) {
        Map<String, Advice> advice = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<JsonNode> objects = Stream.of(Reasoning.removed(reply), reply)
                .map(text -> JsonObjects.in(text).objects())
                .flatMap(List::stream)
                .filter(object -> constants.keySet().stream().anyMatch(object::has))
                .toList();
        if (objects.isEmpty()) {
            problems.add("there is no JSON object in it that names a constant of the table");
            return new Ranges(advice, problems);
        }
        for (Map.Entry<String, JsonNode> field : objects.get(0).properties()) {
            Tunable constant = constants.get(field.getKey());
            if (constant == null) {
                problems.add(Excerpt.of(field.getKey(), LONGEST_REASON) + ": is no constant of the table");
            } else {
                read(constant, field.getValue(), advice, problems);
            }
        }
        return new Ranges(advice, problems);
    }

    private static void read(Tunable constant, JsonNode node, Map<String, Advice> advice, List<String> problems) {
        if (node.has("leave")) {
            advice.put(
                    constant.name(), new Advice.Leave(oneLine(node.path("leave").asText())));
            return;
        }
        try {
            Optional<Parameter> parameter = parameter(constant, node);
            if (parameter.isEmpty()) {
                problems.add(constant.name() + ": neither low and high, nor options, nor leave");
            } else if (!parameter.get().problem(constant.value()).isEmpty()
                    || !parameter.get().nearest(constant.value()).equals(constant.value())) {
                problems.add(constant.name() + ": " + parameter.get().describe() + " does not hold the script's own "
                        + constant.value().text());
            } else {
                advice.put(constant.name(), new Advice.Search(parameter.get()));
            }
        } catch (IllegalArgumentException e) {
            problems.add(constant.name() + ": " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException if there is no such range */
    private static Optional<Parameter> parameter(Tunable constant, JsonNode node) {
        Value value = constant.value();
        JsonNode low = node.path("low");
        JsonNode high = node.path("high");
        boolean log = node.path("log").asBoolean(false);
        if (value instanceof Value.Real && low.isNumber() && high.isNumber()) {
            return Optional.of(new Parameter.Real(constant.name(), low.doubleValue(), high.doubleValue(), log));
        }
        if (value instanceof Value.Whole && isWhole(low) && isWhole(high)) {
            boolean powers = constant.proposed()
                    .filter(proposed -> proposed instanceof Parameter.Whole whole && whole.powersOfTwo())
                    .isPresent();
            return Optional.of(
                    new Parameter.Whole(constant.name(), low.longValue(), high.longValue(), log && !powers, 1, powers));
        }
        if (value instanceof Value.Text && node.path("options").isArray()) {
            List<Value> options = StreamSupport.stream(node.path("options").spliterator(), false)
                    .filter(JsonNode::isTextual)
                    .map(option -> Value.of(option.textValue()))
                    .distinct()
                    .collect(Collectors.toList());
            return Optional.of(new Parameter.Choice(constant.name(), options, false));
        }
        return value instanceof Value.Flag && node.path("options").isArray() ? constant.proposed() : Optional.empty();
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue()) && node.canConvertToLong();
    }

    private static String oneLine(String why) {
        String line = Excerpt.of(why, LONGEST_REASON).strip();
        return line.isEmpty() ? "no reason given" : line;
    }

    /** The JSON schema of a reply, for models that support one. */
    public String schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        constants.values().forEach(constant -> properties.set(constant.name(), property(constant.value())));
        schema.put("additionalProperties", false);
        return schema.toString();
    }

    private static ObjectNode property(Value value) {
        ObjectNode property = JsonNodeFactory.instance.objectNode().put("type", "object");
        ObjectNode parts = property.putObject("properties");
        if (value.asNumber().isPresent()) {
            parts.putObject("low").put("type", "number");
            parts.putObject("high").put("type", "number");
            parts.putObject("log").put("type", "boolean");
        } else {
            parts.putObject("options").put("type", "array").putObject("items").put("type", "string");
        }
        parts.putObject("leave").put("type", "string");
        property.put("additionalProperties", false);
        return property;
    }
}
