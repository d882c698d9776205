package dev.chiron.sandbox.run;

import java.util.Optional;

/** What a watch has said of one run so far. Safe for use by several threads. */
final class Watched {

    private final Watch watch;
    private volatile Optional<Watch.Stop> stop = Optional.empty();
    private volatile Optional<RuntimeException> broken = Optional.empty();
    private boolean closed;

    Watched(Watch watch) {
        this.watch = watch;
    }

    /** Whether the watch may take long over a value. */
    boolean thinks() {
        return watch.thinks();
    }

    /** Asks the watch about a value. */
    synchronized void reported(double step, double value) {
        if (!isOver() && !closed) {
            try {
                stop = watch.reported(step, value);
            } catch (RuntimeException e) { // thrown where the run is waited for: this thread only reads its output
                broken = Optional.of(e);
            }
        }
    }

    /** Whether the run is to be ended; never waits for the watch. */
    boolean isOver() {
        return stop.isPresent() || broken.isPresent();
    }

    /**
     * What the watch has decided; nothing is asked of it from now on.
     *
     * @throws RuntimeException if it broke
     */
    synchronized Optional<Watch.Stop> close() {
        closed = true;
        broken.ifPresent(e -> {
            throw e;
        });
        return stop;
    }
}
