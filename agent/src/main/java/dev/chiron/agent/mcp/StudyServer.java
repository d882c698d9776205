package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.mcp.wire.HttpTransport;
import dev.chiron.agent.mcp.wire.LineTransport;
import dev.chiron.agent.mcp.wire.Token;
import dev.chiron.agent.start.Surroundings;
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
import java.nio.file.Path;
import java.util.List;

/** Studies as an MCP server. Whatever ends it, every study can go on later, and none stays locked. */
public final class StudyServer implements AutoCloseable {

    private final String version;
    private final Surroundings surroundings;
    private final Desk desk;
    private final KeyMask keys;

    /**
     * A server for the studies in a folder.
     *
     * @param version of Chiron
     * @param root nothing outside it is opened
     * @param unsandboxed whether a task may switch the sandbox off
     * @param surroundings their notes are for the person who started the server, never for a client
     * @throws BadInput if there is no such folder
     */
    public StudyServer(String version, Path root, boolean unsandboxed, Surroundings surroundings) {
        this.version = version;
        this.surroundings = surroundings;
        this.desk = new Desk(new Fence(root), unsandboxed, surroundings);
        this.keys = KeyMask.of(surroundings.environment());
    }

    /** Serves one client, in the current thread, until its input ends. */
    public void overLines(InputStream in, OutputStream out) {
        LineTransport transport = new LineTransport(in, out);
        prepared(McpServer.sync(transport)).build();
        transport.serve();
    }

    /**
     * Serves any number of clients on this machine, in threads of its own, until what is returned is closed.
     *
     * @param port 0 for any
     */
    public HttpTransport overHttp(int port, Token token) {
        HttpTransport transport = new HttpTransport(port, token);
        prepared(McpServer.sync(transport)).build();
        transport.start();
        return transport;
    }

    private <S extends McpServer.SyncSpecification<S>> McpServer.SyncSpecification<S> prepared(
            McpServer.SyncSpecification<S> server) {
        List<McpServerFeatures.SyncToolSpecification> tools = Toolbox.tools(desk).stream()
                .map(tool -> new McpServerFeatures.SyncToolSpecification(
                        tool.described(), (exchange, request) -> answer(tool, exchange, request)))
                .toList();
        Shelf shelf = new Shelf(desk, keys);
        return server.serverInfo("chiron", version)
                .instructions(Shelf.instructions())
                .jsonMapper(new JacksonMcpJsonMapper(new ObjectMapper()))
                .jsonSchemaValidator(unchecked())
                .validateToolInputs(false)
                .capabilities(McpSchema.ServerCapabilities.builder()
                        .tools(false)
                        .resources(false, false)
                        .prompts(false)
                        .build())
                .tools(tools)
                .resourceTemplates(shelf.resources())
                .prompts(shelf.tuneScript());
    }

    /** Arguments are checked by {@link Arguments}, whose messages say what to do; the SDK's own checks need another library. */
    private static JsonSchemaValidator unchecked() {
        return (schema, content) -> JsonSchemaValidator.ValidationResponse.asValid(String.valueOf(content));
    }

    private McpSchema.CallToolResult answer(
            Tool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        try {
            Answer answer =
                    tool.action().answer(Arguments.of(tool, request.arguments()), new Caller(exchange, request));
            return new Answer(keys.mask(answer.text()), answer.pictures()).result();
        } catch (BadInput | UnusableStudy | UncheckedIOException e) {
            return Answer.error(keys.mask(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.error("the server is ending");
        } catch (RuntimeException | AssertionError e) {
            surroundings
                    .notes()
                    .accept("chiron: an internal error in " + tool.name() + ", please report it: " + e + " at "
                            + List.of(e.getStackTrace()).stream().limit(5).toList());
            return Answer.error("an internal error of Chiron in " + tool.name() + " ("
                    + e.getClass().getSimpleName() + "); please report it");
        }
    }

    /** Ends whatever is being run. */
    @Override
    public void close() {
        desk.close();
    }
}
