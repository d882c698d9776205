package dev.chiron.evals.surrogate;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Outcome;
import java.util.OptionalDouble;

/**
 * A training that was really run.
 *
 * @param run the study that it belongs to, such as a method and a seed; runs of one study may share an offset
 * @param outcome measured or failed
 * @param seconds of wall time, 0 if it is not known
 */
public record Recorded(String run, Config config, Outcome outcome, double seconds) {

    /** The value of the metric; empty if it failed. */
    public OptionalDouble value() {
        return outcome instanceof Outcome.Measured measured
                ? OptionalDouble.of(measured.value())
                : OptionalDouble.empty();
    }
}
