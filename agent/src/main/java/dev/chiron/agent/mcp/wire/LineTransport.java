package dev.chiron.agent.mcp.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * MCP's stdio transport: one client, one JSON-RPC message a line. In place of the SDK's own, which falls silent for good at the first line that is no
 * message, does not say when the input ends, and cannot cancel.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#stdio">the specification</a>
 */
public final class LineTransport implements McpServerTransportProvider {

    private static final int LONGEST = 16 << 20;

    /** A little longer than a training has to end in. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ObjectMapper json = new ObjectMapper();
    private final McpJsonMapper mapper = new JacksonMcpJsonMapper(json);
    private final Lines in;
    private final OutputStream out;
    private final Calls calls = new Calls();
    private Optional<McpServerSession> session = Optional.empty();

    /** @param out nothing else may be written to it */
    public LineTransport(InputStream in, OutputStream out) {
        this.in = new Lines(in, LONGEST);
        this.out = out;
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = Optional.of(factory.create(new Outgoing()));
    }

    /** Takes what the client sends, in the current thread, until its input ends. Requests are answered from other threads. */
    public void serve() {
        McpServerSession client = session.orElseThrow();
        try {
            Optional<Lines.Line> line = in.next();
            while (line.isPresent()) {
                take(line.get(), client);
                line = in.next();
            }
        } catch (IOException e) {
            // a broken pipe is an end of input as any other
        } finally {
            calls.finish(PATIENCE);
        }
    }

    private void take(Lines.Line line, McpServerSession client) {
        if (line.text().isEmpty()) {
            return;
        }
        Incoming incoming = line.whole()
                ? Incoming.read(line.text(), json, mapper)
                : Incoming.malformed(
                        JsonNodeFactory.instance.nullNode(),
                        Incoming.NO_MESSAGE,
                        "a line of more than " + LONGEST + " bytes");
        if (incoming instanceof Incoming.Malformed malformed) {
            write(malformed.error());
        } else if (incoming instanceof Incoming.Message message) {
            take(message.content(), client);
        }
    }

    private void take(McpSchema.JSONRPCMessage message, McpServerSession client) {
        if (message instanceof McpSchema.JSONRPCNotification notification && calls.isCancellation(notification)) {
            return;
        }
        Mono<Void> work = client.handle(message);
        Mono<Void> tracked = message instanceof McpSchema.JSONRPCRequest request ? calls.track(request, work) : work;
        // an error was answered by the session where there was something to answer
        tracked.onErrorComplete().subscribe();
    }

    /** Whole lines only, whoever writes: answers and progress come from several threads. */
    private void write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (out) {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("the client does not read: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Mono.justOrEmpty(session).flatMap(client -> client.sendNotification(method, params));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return List.of(
                ProtocolVersions.MCP_2024_11_05,
                ProtocolVersions.MCP_2025_03_26,
                ProtocolVersions.MCP_2025_06_18,
                ProtocolVersions.MCP_2025_11_25);
    }

    /** What the session says goes out as lines. */
    private final class Outgoing implements McpServerTransport {

        @Override
        public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                if (!calls.isUnwanted(message)) {
                    write(text(message));
                }
            });
        }

        private String text(McpSchema.JSONRPCMessage message) {
            try {
                return mapper.writeValueAsString(message);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }
}
