package dev.chiron.evals.compare;

import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one method found on one task with one seed.
 *
 * @param method one of ours by its name, or a peer's with the peer's name before it, such as {@code optuna:tpe}
 * @param goal the task's
 * @param values the value of each trial, in order; empty where it failed
 * @param askTellSeconds what the method itself took, over all trials
 */
public record Run(
        String task,
        String method,
        Objective.Goal goal,
        long seed,
        List<OptionalDouble> values,
        double askTellSeconds) {

    public Run {
        values = List.copyOf(values);
    }

    /** The least loss among the first so many trials; infinite if none of them was measured. */
    public double bestLoss(int trials) {
        Objective objective = new Objective("", goal);
        return values.stream()
                .limit(trials)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(value -> objective.loss(value.getAsDouble()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** How many trials failed. */
    public long failures() {
        return values.stream().filter(OptionalDouble::isEmpty).count();
    }
}
