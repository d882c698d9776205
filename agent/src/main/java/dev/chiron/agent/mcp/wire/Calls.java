package dev.chiron.agent.mcp.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
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
                .doFinally(signal -> over(request.id(), call));
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
                        .filter(Call::isUnwanted)
                        .isPresent();
    }

    private synchronized void over(Object id, Call call) {
        running.remove(id, call);
        notifyAll();
    }

    /** The client says nothing more: what takes long is given up, and what is nearly answered is, if it does not take longer than so. */
    void finish(Duration most) {
        running.values().forEach(Call::hurry);
        try {
            awaitNone(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cancelAll();
    }

    private synchronized void awaitNone(Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        long left = most.toMillis();
        while (!running.isEmpty() && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Takes all of them back: the client is gone. */
    void cancelAll() {
        running.values().forEach(Call::cancel);
    }
}
