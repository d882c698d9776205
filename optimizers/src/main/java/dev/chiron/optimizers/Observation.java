package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
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
 */
public record Observation(Config config, Kind kind, double loss, double step, List<Double> further, double violation) {

    /** How a run ended. */
    public enum Kind {
        MEASURED,
        PRUNED,
        INFEASIBLE
    }

    /** @throws IllegalArgumentException if a loss is not finite */
    public Observation {
        finite(loss);
        further = List.copyOf(further);
        further.forEach(Observation::finite);
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

    /** What an optimizer learns from a trial; empty for a broken machine, which says nothing about a config. */
    public static Optional<Observation> of(Trial trial, Objective objective) {
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Measured measured) {
            double[] losses = objective.losses(measured);
            return Optional.of(measured(trial.config(), losses));
        } else if (outcome instanceof Outcome.Infeasible broken) {
            return Optional.of(new Observation(trial.config(), Kind.INFEASIBLE, 0, 0, List.of(), broken.violation()));
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
        return new Observation(config, Kind.MEASURED, loss, 0, List.of(), 0);
    }

    /** A run that was measured, of which all these are to be small. */
    public static Observation measured(Config config, double[] losses) {
        List<Double> further = DoubleStream.of(losses).skip(1).boxed().toList();
        return new Observation(config, Kind.MEASURED, losses[0], 0, further, 0);
    }

    /** A run that was stopped early. */
    public static Observation pruned(Config config, double step, double loss) {
        return new Observation(config, Kind.PRUNED, loss, step, List.of(), 0);
    }

    /** A run that failed. */
    public static Observation infeasible(Config config) {
        return new Observation(config, Kind.INFEASIBLE, 0, 0, List.of(), 0);
    }
}
