package dev.chiron.agent;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop after the running trial; may come from any thread. */
public final class Pause {

    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks the loop to stop after the running trial; true the first time. */
    public boolean request() {
        return requested.compareAndSet(false, true);
    }

    /** Whether the loop shall stop. */
    public boolean isRequested() {
        return requested.get();
    }
}
