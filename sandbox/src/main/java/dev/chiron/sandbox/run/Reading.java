package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.CurvePoint;
import java.util.List;
import java.util.Map;

/** What was found where a run's metric should be. */
sealed interface Reading {

    /**
     * The metric, perhaps not finite.
     *
     * @param others other numbers by name, finite
     * @param curve the metric's earlier values, finite
     */
    record Found(double value, Map<String, Double> others, List<CurvePoint> curve) implements Reading {}

    /** No metric; {@code why} says what was looked for. */
    record Missing(String why) implements Reading {}

    /** A metric that somebody printed who does not know the run's nonce. */
    record Claimed(double value) implements Reading {}
}
