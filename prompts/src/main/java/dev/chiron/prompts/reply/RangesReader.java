package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.describe.Tunable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads a model's ranges for the constants of a script. Each is checked by itself: a bad one takes none with it. */
public final class RangesReader {

    private static final int LONGEST_REASON = 100;
    private static final int LONGEST_PROBLEM = 300;
    private static final int DEEPEST = 3;
    private static final double FARTHEST = 1e6;

    private final Map<String, Tunable> constants = new LinkedHashMap<>();

    /** For these constants. */
    public RangesReader(List<Tunable> constants) {
        constants.forEach(constant -> this.constants.put(constant.name(), constant));
    }

    /**
     * What a reply comes to.
     *
     * @param advice by constant; those without are to be searched as was proposed
     * @param problems what could not be used and why, in a line each, without the script's texts: one could be a key
     */
    public record Ranges(Map<String, Advice> advice, List<String> problems) {}

    /** A reply whose objects name none of the constants has no advice, and says so among the problems. */
    public Ranges read(String reply) {
        List<String> problems = new ArrayList<>();
        JsonObjects.Found found = JsonObjects.in(Reasoning.removed(reply));
        List<JsonNode> objects = Stream.of(found, JsonObjects.in(reply))
                .flatMap(all -> all.objects().stream())
                .flatMap(object -> naming(object, DEEPEST))
                .toList();
        if (objects.isEmpty()) {
            problems.add(
                    found.tooLong()
                            ? "the JSON object in it is too long to be read"
                            : found.cutOff()
                                    ? "no JSON object in it is complete: it was cut off before its end"
                                    : "there is no JSON object in it that names a constant of the table");
            return new Ranges(new LinkedHashMap<>(), problems);
        }
        return read(objects.get(0));
    }

    /** What an object comes to whose keys are constants. */
    Ranges read(JsonNode object) {
        Map<String, Advice> advice = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Tunable constant = constants.get(field.getKey());
            if (constant == null) {
                problems.add(Excerpt.of(field.getKey(), LONGEST_REASON) + ": is no constant of the table");
            } else {
                read(constant, field.getValue(), advice, problems);
            }
        }
        return new Ranges(advice, problems);
    }

    /** The object, or those inside it: some models wrap their answer once more. */
    private Stream<JsonNode> naming(JsonNode object, int deepest) {
        return constants.keySet().stream().anyMatch(object::has)
                ? Stream.of(object)
                : deepest == 0
                        ? Stream.empty()
                        : StreamSupport.stream(object.spliterator(), false)
                                .filter(JsonNode::isObject)
                                .flatMap(inner -> naming(inner, deepest - 1));
    }

    private static void read(Tunable constant, JsonNode node, Map<String, Advice> advice, List<String> problems) {
        if (isLeft(node)) {
            advice.put(constant.name(), new Advice.Leave(why(node.path("leave"))));
            return;
        }
        try {
            Optional<Parameter> parameter = parameter(constant, node);
            if (parameter.isEmpty()) {
                problems.add(constant.name() + ": " + misfit(constant.value(), node));
            } else if (parameter.get().isFixed()) {
                problems.add(constant.name() + ": leaves only one value");
            } else if (!parameter.get().problem(constant.value()).isEmpty()
                    || !parameter.get().nearest(constant.value()).equals(constant.value())) {
                String own = constant.value() instanceof Value.Text
                        ? "text"
                        : constant.value().text();
                String range = Excerpt.of(parameter.get().describe(), LONGEST_PROBLEM);
                problems.add(constant.name() + ": " + range + " does not hold the script's own " + own);
            } else if (isFar(parameter.get(), constant.value())) {
                problems.add(constant.name() + ": " + parameter.get().describe()
                        + " reaches more than a million times away from the script's own "
                        + constant.value().text());
            } else {
                JsonNode why = node.path("why");
                advice.put(
                        constant.name(),
                        new Advice.Search(
                                parameter.get(),
                                start(constant, parameter.get(), node.path("start"), problems),
                                why.isTextual() ? Excerpt.of(why.textValue(), LONGEST_REASON) : ""));
            }
        } catch (IllegalArgumentException e) {
            problems.add(constant.name() + ": " + e.getMessage());
        }
    }

    /** Whether an end lies so far from the script's own value that nobody can have meant it; of 0 nothing is far. */
    private static boolean isFar(Parameter parameter, Value own) {
        double value = Math.abs(own.asNumber().orElse(0));
        if (value == 0 || parameter instanceof Parameter.Choice) {
            return false;
        }
        double low = parameter instanceof Parameter.Real real ? real.low() : ((Parameter.Whole) parameter).low();
        double high = parameter instanceof Parameter.Real real ? real.high() : ((Parameter.Whole) parameter).high();
        boolean log = parameter instanceof Parameter.Real real && real.log();
        return Math.max(Math.abs(low), Math.abs(high)) > FARTHEST * value || (log && low < value / FARTHEST);
    }

    /** Where the search is to begin, if that is another value than the script's. One that will not do leaves the range as it is. */
    private static Optional<Value> start(Tunable constant, Parameter parameter, JsonNode node, List<String> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        ValueReader.Read read = ValueReader.of(parameter, node);
        if (read.problem().isPresent()) {
            problems.add(constant.name() + ": start: " + read.problem().get());
            return Optional.empty();
        }
        return Optional.of(read.value()).filter(value -> !value.equals(constant.value()));
    }

    /** @throws IllegalArgumentException if there is no such range */
    private static Optional<Parameter> parameter(Tunable constant, JsonNode node) {
        Value value = constant.value();
        JsonNode low = node.path("low");
        JsonNode high = node.path("high");
        boolean log = node.path("log").asBoolean(false);
        if (value instanceof Value.Real && isFinite(low) && isFinite(high)) {
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
                    .filter(option -> option.isTextual()
                            && StandardCharsets.UTF_8.newEncoder().canEncode(option.textValue()))
                    .map(option -> Value.of(option.textValue()))
                    .distinct()
                    .collect(Collectors.toList());
            return Optional.of(new Parameter.Choice(constant.name(), options, false));
        }
        return value instanceof Value.Flag && node.path("options").isArray() ? constant.proposed() : Optional.empty();
    }

    /** Why an object has no range for a value. */
    private static String misfit(Value value, JsonNode node) {
        boolean ends = node.has("low") && node.has("high");
        boolean options = node.has("options");
        boolean number = value.asNumber().isPresent();
        if (number && ends) {
            boolean finite = isFinite(node.path("low")) && isFinite(node.path("high"));
            return finite
                    ? "low and high must be whole numbers of at most 64 bits, as the script's own " + value.text()
                            + " is"
                    : "low and high must be finite numbers";
        }
        if (number && options) {
            return "is a number in the script, so it has low and high, not options";
        }
        return !number && ends && !options
                ? "is no number in the script, so it has options, not low and high"
                : "neither low and high, nor options, nor leave";
    }

    private static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.doubleValue());
    }

    private static boolean isWhole(JsonNode node) {
        return node.isNumber() && node.doubleValue() == Math.rint(node.doubleValue()) && node.canConvertToLong();
    }

    /** Models that fill in every key of the schema write an empty or false one beside the range that they mean. */
    private static boolean isLeft(JsonNode node) {
        JsonNode leave = node.path("leave");
        if (leave.isTextual() && leave.textValue().isBlank()) {
            return !node.has("low") && !node.has("options");
        }
        return leave.isTextual() ? !leave.textValue().strip().equalsIgnoreCase("false") : leave.asBoolean(false);
    }

    private static String why(JsonNode leave) {
        String line = leave.isTextual() ? Excerpt.of(leave.textValue(), LONGEST_REASON) : "";
        return line.isEmpty() || line.equalsIgnoreCase("true") ? "no reason given" : line;
    }

    /** The JSON schema of a reply, for models that support one. */
    public String schema() {
        return schema(RangesReader::property).toString();
    }

    /** The same with where to start, and why. */
    ObjectNode reasonedSchema() {
        return schema(RangesReader::reasoned);
    }

    private ObjectNode schema(Function<Value, ObjectNode> property) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        constants.values().forEach(constant -> properties.set(constant.name(), property.apply(constant.value())));
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode reasoned(Value value) {
        ObjectNode property = property(value);
        String type = value instanceof Value.Flag ? "boolean" : value.asNumber().isPresent() ? "number" : "string";
        ((ObjectNode) property.path("properties")).putObject("start").put("type", type);
        ((ObjectNode) property.path("properties")).putObject("why").put("type", "string");
        return property;
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
