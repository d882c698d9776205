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
 * @param cost what the run cost, finite: the seconds that it took; 0 where that is not known
 */
public record Observation(Config config, Kind kind, double loss, double step, double cost) {

    /** How a run ended. */
    public enum Kind {
        MEASURED,
        PRUNED,
        INFEASIBLE
    }

    /** @throws IllegalArgumentException if the loss or the cost is not finite, or the cost is below 0 */
    public Observation {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("a loss must be finite, not " + loss + ": tell a failure as infeasible");
        }
        if (!Double.isFinite(cost) || cost < 0) {
            throw new IllegalArgumentException("a cost must be finite and 0 or more, not " + cost);
        }
    }

    /** The same with what it cost. */
    public Observation costing(double seconds) {
        return new Observation(config, kind, loss, step, seconds);
    }

    /**
     * What an optimizer learns from a trial; empty for a broken machine, which says nothing about a config. Its cost is the time that it took, to
     * the millisecond: what stands in a journal, so that a study which goes on learns the same.
     */
    public static Optional<Observation> of(Trial trial, Objective objective) {
        return outcome(trial, objective)
                .map(observation -> observation.costing(trial.took().toMillis() / 1000.0));
    }

    private static Optional<Observation> outcome(Trial trial, Objective objective) {
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
        return new Observation(config, Kind.MEASURED, loss, 0, 0);
    }

    /** A run that was stopped early. */
    public static Observation pruned(Config config, double step, double loss) {
        return new Observation(config, Kind.PRUNED, loss, step, 0);
    }

    /** A run that failed. */
    public static Observation infeasible(Config config) {
        return new Observation(config, Kind.INFEASIBLE, 0, 0, 0);
    }
}
