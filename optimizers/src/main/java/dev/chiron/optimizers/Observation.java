package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/**
 * A config and what came of it.
 *
 * @param loss smaller is better, finite; the last one seen if the run was pruned; 0 if it failed
 * @param step how far a pruned run came, in steps of its curve; 0 otherwise
 */
public record Observation(Config config, Kind kind, double loss, double step) {

    /** How a run ended. */
    public enum Kind {
        MEASURED,
        PRUNED,
        INFEASIBLE
    }

    /** @throws IllegalArgumentException if the loss is not finite */
    public Observation {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("a loss must be finite, not " + loss + ": tell a failure as infeasible");
        }
    }

    /** What an optimizer learns from a trial; empty for a broken machine, which says nothing about a config. */
    public static Optional<Observation> of(Trial trial, Objective objective) {
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            return Optional.of(measured(trial.config(), objective.loss(measured.value())));
        } else if (outcome instanceof Outcome.Pruned pruned) {
            return Optional.of(pruned(trial.config(), pruned.step(), objective.loss(pruned.value())));
        } else if (outcome instanceof Outcome.Failed failed) {
            return failed.reason() == Outcome.Reason.INFRASTRUCTURE
                    ? Optional.empty()
                    : Optional.of(infeasible(trial.config()));
        }
        throw new AssertionError(outcome);
    }

    /** A run that was measured. */
    public static Observation measured(Config config, double loss) {
        return new Observation(config, Kind.MEASURED, loss, 0);
    }

    /** A run that was stopped early. */
    public static Observation pruned(Config config, double step, double loss) {
        return new Observation(config, Kind.PRUNED, loss, step);
    }

    /** A run that failed. */
    public static Observation infeasible(Config config) {
        return new Observation(config, Kind.INFEASIBLE, 0, 0);
    }
}
