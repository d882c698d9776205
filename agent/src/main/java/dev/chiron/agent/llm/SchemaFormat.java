package dev.chiron.agent.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.List;

/** A JSON schema as LangChain4j takes it. */
final class SchemaFormat {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> BOUNDS = List.of(
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems");

    private SchemaFormat() {}

    /** The schema untouched. */
    static ResponseFormat of(String schema) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("reply")
                        .rootElement(JsonRawSchema.from(schema))
                        .build())
                .build();
    }

    /**
     * The schema without bounds on numbers, texts and lists, which Anthropic refuses with a 400
     * (https://platform.claude.com/docs/en/build-with-claude/structured-outputs, JSON schema limitations). The prompt
     * names the ranges and the reply's reader checks them.
     */
    static ResponseFormat withoutBounds(String schema) {
        try {
            JsonNode tree = JSON.readTree(schema);
            strip(tree);
            return of(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a schema that is not JSON", e);
        }
    }

    /** Only in schemas: a property may well be called {@code minimum}. */
    private static void strip(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(BOUNDS);
            object.path("properties").forEach(SchemaFormat::strip);
            strip(object.path("items"));
            object.path("anyOf").forEach(SchemaFormat::strip);
        }
    }
}
