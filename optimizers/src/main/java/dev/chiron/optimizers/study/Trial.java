package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;
import java.time.Duration;
import java.util.OptionalDouble;

/** One run: its number (from 0, the baseline), what it tried, who proposed that, what came of it, and how long it took. */
public record Trial(int number, Change change, Origin origin, Outcome outcome, Duration took) {

    /** The values that were run. */
    public Config config() {
        return change.config();
    }

    /** The measured value of a whole training; empty for a trial that failed, was pruned, or was only a part of one. */
    public OptionalDouble value() {
        return outcome instanceof Outcome.Measured measured
                ? OptionalDouble.of(measured.value())
                : OptionalDouble.empty();
    }
}
