package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What a tool answers: a text that a model reads, perhaps with a picture. */
record Answer(String text, List<byte[]> pictures) {

    static Answer of(String text) {
        return new Answer(text, List.of());
    }

    static Answer of(List<String> lines) {
        return of(String.join("\n", lines));
    }

    /** An object, a line for each field, and for each element of a list of objects: a model reads that well, and it takes few tokens. */
    static Answer of(ObjectNode json) {
        List<String> fields = new ArrayList<>();
        json.properties()
                .forEach(field -> fields.add("  " + TextNode.valueOf(field.getKey()) + ": " + lines(field.getValue())));
        return of("{\n" + String.join(",\n", fields) + "\n}");
    }

    private static String lines(JsonNode value) {
        if (!value.isArray() || value.isEmpty() || !value.get(0).isObject()) {
            return value.toString();
        }
        List<String> elements = new ArrayList<>();
        value.forEach(element -> elements.add("    " + element));
        return "[\n" + String.join(",\n", elements) + "\n  ]";
    }

    /** A PNG with what it shows in words. */
    static Answer of(byte[] png, String text) {
        return new Answer(text, List.of(png));
    }

    McpSchema.CallToolResult result() {
        List<McpSchema.Content> content = new ArrayList<>();
        pictures.forEach(png ->
                content.add(McpSchema.ImageContent.builder(Base64.getEncoder().encodeToString(png), "image/png")
                        .build()));
        content.add(McpSchema.TextContent.builder(text).build());
        return McpSchema.CallToolResult.builder(content).isError(false).build();
    }

    /** Something went wrong that the model can read about, and perhaps mend. */
    static McpSchema.CallToolResult error(String message) {
        return McpSchema.CallToolResult.builder(
                        List.of(McpSchema.TextContent.builder(message).build()))
                .isError(true)
                .build();
    }
}
