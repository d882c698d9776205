package dev.chiron.agent.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something a client can ask for: what a model reads of it, and what it does.
 *
 * @param description for a model that has never seen Chiron
 */
record Tool(String name, String title, String description, Effect effect, List<Field> fields, Action action) {

    /** What it does to a study; clients ask a person before some. */
    enum Effect {
        READS,
        CHANGES,
        /** Takes something away, or writes the person's own files. */
        OVERWRITES
    }

    /** What it does. */
    interface Action {
        /**
         * Answers a call.
         *
         * @throws InterruptedException if the server ends meanwhile
         */
        Answer answer(Arguments arguments, Caller caller) throws InterruptedException;
    }

    McpSchema.Tool described() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), field.json()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                fields.stream().filter(Field::required).map(Field::name).toList());
        schema.put("additionalProperties", false);
        return McpSchema.Tool.builder(name, schema)
                .title(title)
                .description(description)
                .annotations(McpSchema.ToolAnnotations.builder()
                        .readOnlyHint(effect == Effect.READS)
                        .destructiveHint(effect == Effect.OVERWRITES)
                        .openWorldHint(false)
                        .build())
                .build();
    }
}
