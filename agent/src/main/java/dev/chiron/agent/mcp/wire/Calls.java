package dev.chiron.agent.mcp.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/** The requests of one client that are being answered, so that it can take them back, which the SDK's sessions do not know. For any thread. */
final class Calls {

    private static final String CANCELLED = "notifications/cancelled";

    private final Map<Object, Call> running = new ConcurrentHashMap<>();

    /** The work of answering a request, known under its id as long as it lasts. */
    Mono<Void> track(McpSchema.JSONRPCRequest request, Mono<Void> answering) {
        Call call = new Call();
        running.put(request.id(), call);
        return answering
                .contextWrite(context -> context.put(McpTransportContext.KEY, call.context()))
                .doFinally(signal -> running.remove(request.id(), call));
    }

    /** Takes a request back if the notification says so; whether it did. */
    boolean isCancellation(McpSchema.JSONRPCNotification notification) {
        if (!notification.method().equals(CANCELLED)) {
            return false;
        }
        if (notification.params() instanceof Map<?, ?> params) {
            Optional.ofNullable(params.get("requestId")).map(running::get).ifPresent(Call::cancel);
        }
        return true;
    }

    /** Whether a message answers a request that was taken back, so that nobody wants it. */
    boolean isUnwanted(McpSchema.JSONRPCMessage message) {
        return message instanceof McpSchema.JSONRPCResponse response
                && Optional.ofNullable(response.id())
                        .map(running::get)
                        .filter(Call::isCancelled)
                        .isPresent();
    }

    /** Takes all of them back: the client is gone. */
    void cancelAll() {
        running.values().forEach(Call::cancel);
    }
}
