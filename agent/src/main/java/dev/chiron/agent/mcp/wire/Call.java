package dev.chiron.agent.mcp.wire;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request of a client while it is being answered: it may take the request back, or be about to leave. For any thread. */
public final class Call {

    private static final String KEY = "call";

    private final List<Runnable> listeners = new ArrayList<>();
    private boolean cancelled;
    private boolean unwanted;

    Call() {}

    /** The call that a request came with; one that nobody takes back if it came with none. */
    public static Call of(McpTransportContext context) {
        return context.get(KEY) instanceof Call call ? call : new Call();
    }

    McpTransportContext context() {
        return McpTransportContext.create(Map.of(KEY, this));
    }

    /** Whether what takes long is to be given up: the client has taken it back, or says nothing more. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Whether nobody waits for the answer. */
    public synchronized boolean isUnwanted() {
        return unwanted;
    }

    /** Runs something when it is to be given up, at once if it is. */
    public void onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                listeners.add(action);
                return;
            }
        }
        action.run();
    }

    /** The client has taken it back. */
    void cancel() {
        synchronized (this) {
            unwanted = true;
        }
        hurry();
    }

    /** The client says nothing more, and may still read the answer. */
    void hurry() {
        List<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            actions = new ArrayList<>(listeners);
            listeners.clear();
        }
        actions.forEach(Runnable::run);
    }
}
