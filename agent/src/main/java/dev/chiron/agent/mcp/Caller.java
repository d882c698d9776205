package dev.chiron.agent.mcp;

import dev.chiron.agent.mcp.wire.Call;
import dev.chiron.optimizers.study.PlainText;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Optional;

/** Who calls a tool, and may want to hear how it goes or take the call back. */
final class Caller {

    private static final int LONGEST_NAME = 60;

    private final McpSyncServerExchange exchange;
    private final Optional<Object> token;
    private final Call call;

    Caller(McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        this.exchange = exchange;
        this.token = Optional.ofNullable(request.meta()).map(meta -> meta.get("progressToken"));
        this.call = Call.of(exchange.transportContext());
    }

    /** What the client called itself. */
    String name() {
        String name = Optional.ofNullable(exchange.getClientInfo())
                .map(McpSchema.Implementation::name)
                .map(PlainText::line)
                .map(String::strip)
                .orElse("");
        return name.isEmpty() ? "unnamed" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    Call call() {
        return call;
    }

    /**
     * Says how far it is, if the client asked to hear it.
     *
     * @param done more than the last time
     */
    void progress(double done, double total, String message) {
        token.filter(asked -> !call.isCancelled())
                .ifPresent(asked -> exchange.progressNotification(McpSchema.ProgressNotification.builder(asked, done)
                        .total(total)
                        .message(message)
                        .build()));
    }
}
