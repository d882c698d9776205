package dev.chiron.evals.task;

import dev.chiron.optimizers.study.Outcome;

/**
 * What came of a config.
 *
 * @param outcome measured or failed
 * @param seconds how long the training would have taken, 0 if the task does not know
 */
public record Evaluation(Outcome outcome, double seconds) {

    /** A run that gave a value and for which no time is known. */
    public static Evaluation of(double value) {
        return new Evaluation(new Outcome.Measured(value), 0);
    }
}
