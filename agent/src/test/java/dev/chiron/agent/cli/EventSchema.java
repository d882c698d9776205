package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/events.schema.json}, read strictly: what it does not name is not there, so that no field goes without a word in it. */
final class EventSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode source;
    private final Schema schema;

    EventSchema() {
        try {
            source = JSON.readTree(Files.readString(Path.of("..", "docs", "events.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        JsonNode strict = source.deepCopy();
        close(strict);
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(strict);
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(EventSchema::close);
    }

    /** Fails if one of the lines is no event. */
    void requireEvents(String lines) {
        lines.lines().forEach(line -> {
            try {
                assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
            } catch (IOException e) {
                throw new AssertionError(line, e);
            }
        });
    }

    /** What stands in the schema, by a JSON pointer. */
    JsonNode at(String pointer) {
        return source.at(pointer);
    }
}
