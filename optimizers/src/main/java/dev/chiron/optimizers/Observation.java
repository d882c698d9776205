package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A config and what came of it.
 *
 * @param loss smaller is better, finite; the last one seen if the run was pruned; 0 if it failed
 * @param step how far a pruned run came, in steps of its curve; 0 otherwise
 * @param further the losses of further objectives, finite; empty where there is one, and of a run that was not measured
 * @param violation of a run that was measured and is infeasible all the same: by how much it breaks what must hold of its metrics, above 0;
 *     0 of any other
 * @param cost what the run cost, finite: the seconds that it took; 0 where that is not known
 * @param share how much of a whole training the run was, above 0; 1 for all of it
 */
public record Observation(
        Config config,
        Kind kind,
        double loss,
        double step,
        List<Double> further,
        double violation,
        double cost,
        double share) {

    /** How a run ended. */
    public enum Kind {
        MEASURED,
        PRUNED,
        INFEASIBLE
    }

    /** @throws IllegalArgumentException if a loss or the cost is not finite, the cost is below 0, or the share is none */
    public Observation {
        finite(loss);
        further = List.copyOf(further);
        further.forEach(Observation::finite);
        if (!Double.isFinite(cost) || cost < 0) {
            throw new IllegalArgumentException("a cost must be finite and 0 or more, not " + cost);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, not " + share);
        }
    }

    private static void finite(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("a loss must be finite, not " + loss + ": tell a failure as infeasible");
        }
    }

    /** The losses of all objectives; fresh array. */
    public double[] losses() {
        return DoubleStream.concat(DoubleStream.of(loss), further.stream().mapToDouble(Double::doubleValue))
                .toArray();
    }

    /** The same with what it cost. */
    public Observation costing(double seconds) {
        return new Observation(config, kind, loss, step, further, violation, seconds, share);
    }

    /** The same of a run that was this share of a whole training. */
    public Observation of(double part) {
        return new Observation(config, kind, loss, step, further, violation, cost, part);
    }

    /**
     * What an optimizer learns from a trial; empty for a broken machine, which says nothing about a config. Its cost is the time that it took, to
     * the millisecond: what stands in a journal, so that a study which goes on learns the same.
     */
    public static Optional<Observation> of(Trial trial, Objective objective) {
        return outcome(trial, objective)
                .map(observation -> observation.costing(trial.took().toMillis() / 1000.0))
                .map(observation -> observation.of(
                        trial.change().fidelity().map(Fidelity::share).orElse(1.0)));
    }

    private static Optional<Observation> outcome(Trial trial, Objective objective) {
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            return Optional.of(measured(trial.config(), objective.losses(measured)));
        } else if (outcome instanceof Outcome.Partial partial) {
            return Optional.of(measured(trial.config(), objective.losses(partial.measured())));
        } else if (outcome instanceof Outcome.Infeasible broken) {
            return Optional.of(infeasible(trial.config(), broken.violation()));
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
        return new Observation(config, Kind.MEASURED, loss, 0, List.of(), 0, 0, 1);
    }

    /** A run that was measured, of which all these are to be small. */
    public static Observation measured(Config config, double[] losses) {
        List<Double> further = DoubleStream.of(losses).skip(1).boxed().toList();
        return new Observation(config, Kind.MEASURED, losses[0], 0, further, 0, 0, 1);
    }

    /** A run that was stopped early. */
    public static Observation pruned(Config config, double step, double loss) {
        return new Observation(config, Kind.PRUNED, loss, step, List.of(), 0, 0, 1);
    }

    /** A run that failed. */
    public static Observation infeasible(Config config) {
        return infeasible(config, 0);
    }

    /** A run that was measured and breaks by this much what must hold of its metrics. */
    public static Observation infeasible(Config config, double violation) {
        return new Observation(config, Kind.INFEASIBLE, 0, 0, List.of(), violation, 0, 1);
    }
}
