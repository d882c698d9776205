package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Optional;

/** The JSON schema of a reply: an object with every parameter, inside its range. */
public final class ReplySchema {

    private ReplySchema() {}

    /** The schema's text. */
    public static String of(SearchSpace space) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        for (Parameter parameter : space.parameters()) {
            properties.set(parameter.name(), property(parameter));
            required.add(parameter.name());
        }
        schema.set("required", required);
        schema.put("additionalProperties", false);
        return schema.toString();
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
