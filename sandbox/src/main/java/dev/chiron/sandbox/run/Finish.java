package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.time.Duration;
import java.util.List;

/**
 * How one command in a sandbox finished.
 *
 * @param endedWell whether it ended by itself and says that all went well, with a metric or without
 * @param curve all values of the metric that it printed, in order; nobody vouches for them
 */
record Finish(Execution execution, boolean endedWell, List<CurvePoint> curve) {

    Finish {
        curve = List.copyOf(curve);
    }

    Outcome outcome() {
        return execution.outcome();
    }

    /** The same, and something more that took time. */
    Finish longer(Duration more) {
        return new Finish(execution.longer(more), endedWell, curve);
    }

    /** The same with another outcome, and nothing to go on with if that is a failure. */
    Finish but(Outcome other) {
        return new Finish(execution.but(other), endedWell && other instanceof Outcome.Measured, curve);
    }
}
