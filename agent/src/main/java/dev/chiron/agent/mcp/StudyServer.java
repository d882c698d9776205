package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.mcp.wire.LineTransport;
import dev.chiron.agent.store.UnusableStudy;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Studies as an MCP server. */
public final class StudyServer {

    private final String version;
    private final Consumer<String> notes;

    /**
     * @param version of Chiron
     * @param notes what a person should know, a line each; never a client
     */
    public StudyServer(String version, Consumer<String> notes) {
        this.version = version;
        this.notes = notes;
    }

    /** Serves one client, in the current thread, until its input ends. */
    public void overLines(InputStream in, OutputStream out) {
        LineTransport transport = new LineTransport(in, out);
        prepared(McpServer.sync(transport)).build();
        transport.serve();
    }

    private <S extends McpServer.SyncSpecification<S>> McpServer.SyncSpecification<S> prepared(
            McpServer.SyncSpecification<S> server) {
        List<McpServerFeatures.SyncToolSpecification> tools = Toolbox.tools().stream()
                .map(tool -> new McpServerFeatures.SyncToolSpecification(
                        tool.described(), (exchange, request) -> answer(tool, exchange, request)))
                .toList();
        return server.serverInfo("chiron", version)
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .jsonSchemaValidator(unchecked())
                .validateToolInputs(false)
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .tools(tools);
    }

    /** Arguments are checked by {@link Arguments}, whose messages say what to do; the SDK's own checks need another library. */
    private static JsonSchemaValidator unchecked() {
        return (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid(String.valueOf(content));
    }

    private McpSchema.CallToolResult answer(
            Tool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        try {
            return tool.action()
                    .answer(Arguments.of(tool, request.arguments()), new Caller(exchange, request))
                    .result();
        } catch (BadInput | UnusableStudy | UncheckedIOException e) {
            return Answer.error(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error("the server is ending");
        } catch (RuntimeException | AssertionError e) {
            notes.accept("chiron: an internal error in " + tool.name() + ", please report it: " + e);
            return Answer.error("an internal error of Chiron in " + tool.name() + " ("
                    + e.getClass().getSimpleName() + "); the study's folder is as it was before");
        }
    }
}
