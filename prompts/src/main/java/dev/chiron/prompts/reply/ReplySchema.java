package dev.chiron.prompts.reply;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;

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
            return property.put("type", "integer").put("minimum", whole.low()).put("maximum", whole.high());
        }
        if (parameter instanceof Parameter.Choice choice) {
            ArrayNode options = property.putArray("enum");
            for (Value option : choice.options()) {
                options.addPOJO(option.plain());
            }
            return property;
        }
        throw new AssertionError(parameter);
    }
}
