package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.JsonNode;
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

    static Answer of(JsonNode json) {
        return of(json.toPrettyString());
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
