package dev.chiron.agent;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a person asks of a running study; may come from any thread. */
public final class Control {

    private final AtomicBoolean stopping = new AtomicBoolean();

    /** Asks the loop to end after the running trial; true the first time. */
    public boolean stop() {
        return stopping.compareAndSet(false, true);
    }

    /** Whether the loop shall end. */
    public boolean isStopping() {
        return stopping.get();
    }
}
