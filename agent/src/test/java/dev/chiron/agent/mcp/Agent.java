package dev.chiron.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The SDK's own client with a real server process: what an agent is to Chiron. */
final class Agent implements AutoCloseable {

    static final String NAME = "test-agent";

    private final McpSyncClient client;
    private final List<McpSchema.ProgressNotification> progress = new CopyOnWriteArrayList<>();

    Agent(McpClientTransport transport) {
        client = McpClient.sync(transport)
                .clientInfo(McpSchema.Implementation.builder(NAME, "1").build())
                .requestTimeout(Duration.ofMinutes(3))
                .initializationTimeout(Duration.ofMinutes(3))
                .jsonSchemaValidator(
                        (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid(String.valueOf(content)))
                .progressConsumer(progress::add)
                .build();
        client.initialize();
    }

    static JacksonMcpJsonMapper mapper() {
        return new JacksonMcpJsonMapper(new ObjectMapper());
    }

    /** Starts {@code chiron mcp} in a folder and connects to it. */
    static Agent in(Path folder, String... arguments) {
        List<String> command = ServerProcess.command(arguments);
        ServerParameters parameters = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .build();
        return new Agent(new StdioClientTransport(parameters, mapper()) {
            @Override
            protected ProcessBuilder getProcessBuilder() {
                return new ProcessBuilder().directory(folder.toFile());
            }
        });
    }

    McpSyncClient client() {
        return client;
    }

    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(
                McpSchema.CallToolRequest.builder(tool).arguments(arguments).build());
    }

    McpSchema.CallToolResult callWithProgress(String tool, Map<String, Object> arguments) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken("p-" + tool)
                .build());
    }

    List<McpSchema.ProgressNotification> progress() {
        return progress;
    }

    /** What a tool answers that must work. */
    String text(String tool, Map<String, Object> arguments) {
        McpSchema.CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as("%s: %s", tool, words(result)).isFalse();
        return words(result);
    }

    JsonNode json(String tool, Map<String, Object> arguments) throws IOException {
        return new ObjectMapper().readTree(text(tool, arguments));
    }

    /** What a tool says that must refuse. */
    String error(String tool, Map<String, Object> arguments) {
        McpSchema.CallToolResult result = call(tool, arguments);
        assertThat(result.isError()).as("%s: %s", tool, words(result)).isTrue();
        return words(result);
    }

    static String words(McpSchema.CallToolResult result) {
        return result.content().stream()
                .filter(McpSchema.TextContent.class::isInstance)
                .map(content -> ((McpSchema.TextContent) content).text())
                .reduce("", String::concat);
    }

    @Override
    public void close() {
        client.closeGracefully();
    }
}
