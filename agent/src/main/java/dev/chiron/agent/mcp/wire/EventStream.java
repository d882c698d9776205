package dev.chiron.agent.mcp.wire;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** The answer to one HTTP request as server-sent events: progress, if it was asked for, and the response at the end. */
final class EventStream implements McpStreamableServerTransport {

    private final OutputStream out;
    private final Calls calls;
    private final McpJsonMapper mapper;
    private boolean broken;

    EventStream(OutputStream out, Calls calls, McpJsonMapper mapper) {
        this.out = out;
        this.calls = calls;
        this.mapper = mapper;
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message) {
        return Mono.fromRunnable(() -> {
            if (!calls.isUnwanted(message)) {
                write(message);
            }
        });
    }

    @Override
    public Mono<Void> sendMessage(McpSchema.JSONRPCMessage message, String id) {
        return sendMessage(message); // nothing is kept for a client that comes back, so events have no names
    }

    private synchronized void write(McpSchema.JSONRPCMessage message) {
        if (broken) {
            return;
        }
        try {
            String event = "event: message\ndata: " + mapper.writeValueAsString(message) + "\n\n";
            out.write(event.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            broken = true; // nobody listens any more; what was asked for goes on
        }
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return mapper.convertValue(data, type);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(this::close);
    }

    @Override
    public synchronized void close() {
        broken = true;
    }
}
