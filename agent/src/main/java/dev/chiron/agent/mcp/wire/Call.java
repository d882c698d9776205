package dev.chiron.agent.mcp.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request of a client while it is being answered: it may take the request back. For any thread. */
public final class Call {

    private static final String KEY = "call";

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;

    Call() {}

    /** The call that a request came with; one that nobody takes back if it came with none. */
    public static Call of(McpTransportContext context) {
        return context.get(KEY) instanceof Call call ? call : new Call();
    }

    McpTransportContext context() {
        return McpTransportContext.create(Map.of(KEY, this));
    }

    /** Whether the client has taken it back: nobody waits for the answer. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Runs something when the client takes it back, at once if it has. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(action);
                return;
            }
        }
        action.run();
    }

    void cancel() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = new ArrayList<>(listeners);
            listeners.clear();
        }
        actions.forEach(Runnable::run);
    }
}
