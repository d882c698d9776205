package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
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

    private static final String LOW = "minimum";
    private static final String HIGH = "maximum";

    static final String CANDIDATES = "candidates";
    static final String VALUE = "value";
    static final String FAILURE = "failure";
    static final String SUGGESTION = "suggestion";

    /** Of candidates, as text. */
    public static String candidates(SearchSpace space) {
        ObjectNode chance = number().put(LOW, 0).put(HIGH, 1);
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
        suggestion.set(Remark.Kind.REASONING.label(), text());
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
        for (Parameter parameter : space.parameters()) {
            String name = ProgressSchedule.inScript(parameter.name());
            properties.set(
                    name,
                    space.schedule(name).map(schedule -> list(schedule, space)).orElseGet(() -> property(parameter)));
        }
        return object(properties);
    }

    /** A schedule is a list of one value for each piece, inside the widest range of any. */
    private static ObjectNode list(ProgressSchedule schedule, SearchSpace space) {
        List<Parameter> pieces = schedule.pieces().stream()
                .map(piece -> space.find(piece).orElseThrow())
                .toList();
        ObjectNode widest = property(pieces.get(0));
        for (Parameter piece : pieces) {
            ObjectNode bounds = property(piece);
            if (bounds.path(LOW).doubleValue() < widest.path(LOW).doubleValue()) {
                widest.set(LOW, bounds.path(LOW));
            }
            if (bounds.path(HIGH).doubleValue() > widest.path(HIGH).doubleValue()) {
                widest.set(HIGH, bounds.path(HIGH));
            }
        }
        ObjectNode list = JsonNodeFactory.instance
                .objectNode()
                .put("type", "array")
                .put("minItems", pieces.size())
                .put("maxItems", pieces.size());
        list.set("items", widest);
        return list;
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
            return property.put("type", "number").put(LOW, real.low()).put(HIGH, real.high());
        }
        if (parameter instanceof Parameter.Whole whole) {
            property.put("type", "integer").put(LOW, whole.low()).put(HIGH, whole.high());
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
