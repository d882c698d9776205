package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.gp.Posterior;
import dev.chiron.optimizers.gp.Surface;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.distribution.NormalDistribution;

/** What is believed of losses, costs and failures, given all that was told, and the front that follows. */
final class Beliefs {

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final Posterior losses;
    private final CostModel costs;
    private final Optional<Surface> successes;
    private final Fits fits;
    private final Front front;

    private Beliefs(Posterior losses, CostModel costs, Optional<Surface> successes, Fits fits, Front front) {
        this.losses = losses;
        this.costs = costs;
        this.successes = successes;
        this.fits = fits;
        this.front = front;
    }

    /** The last fits of the three processes. */
    record Fits(Posterior.Fit loss, Posterior.Fit cost, Posterior.Fit success) {

        static Fits of(OptimizerState.CostAware state) {
            return new Fits(fit(state.loss()), fit(state.cost()), fit(state.success()));
        }

        private static Posterior.Fit fit(OptimizerState.Fitted fitted) {
            return new Posterior.Fit(fitted.hyperparameters(), fitted.data());
        }

        static OptimizerState.Fitted fitted(Posterior.Fit fit) {
            return new OptimizerState.Fitted(fit.logs(), fit.data());
        }
    }

    /** Empty while there is nothing to learn: no measured trial, or all losses alike. */
    static Optional<Beliefs> of(OptimizerState.Memory memory, SearchSpace space, Coordinates coordinates, Fits last) {
        List<Observation> told = memory.observations();
        List<Observation> measured =
                told.stream().filter(one -> one.kind() == Kind.MEASURED).toList();
        return measured.isEmpty()
                ? Optional.empty()
                : Posterior.of(told, space, coordinates.unordered(), believed(memory), last.loss())
                        .map(losses -> {
                            CostModel costs = CostModel.of(told, space, coordinates, last.cost());
                            Optional<Surface> successes = successes(told, space, coordinates, last.success());
                            Posterior.Fit success = successes.map(Surface::fit).orElse(last.success());
                            Fits fits = new Fits(losses.fit(), costs.fit(), success);
                            return new Beliefs(losses, costs, successes, fits, front(measured, space, losses, costs));
                        });
    }

    /** What failed and what runs, in order. */
    private static Set<Config> believed(OptimizerState.Memory memory) {
        Set<Config> believed = new LinkedHashSet<>();
        memory.observations().stream()
                .filter(one -> one.kind() == Kind.INFEASIBLE)
                .forEach(one -> believed.add(one.config()));
        believed.addAll(memory.pending());
        return believed;
    }

    private static Optional<Surface> successes(
            List<Observation> told, SearchSpace space, Coordinates coordinates, Posterior.Fit last) {
        if (told.stream().noneMatch(one -> one.kind() == Kind.INFEASIBLE)) {
            return Optional.empty();
        }
        double[][] points = told.stream().map(one -> space.encode(one.config())).toArray(double[][]::new);
        double[] labels = told.stream()
                .mapToDouble(one -> one.kind() == Kind.INFEASIBLE ? -1 : 1)
                .toArray();
        return Optional.of(Surface.of(points, labels, coordinates.unordered(), last));
    }

    /** Of the measured configs, each with the mean of its costs' logarithms; as foretold where none is known. */
    private static Front front(List<Observation> measured, SearchSpace space, Posterior losses, CostModel costs) {
        Map<Config, List<Double>> logs = new LinkedHashMap<>();
        for (Observation one : measured) {
            List<Double> known = logs.computeIfAbsent(one.config(), config -> new ArrayList<>());
            if (one.cost() > 0) {
                known.add(StrictMath.log(one.cost()));
            }
        }
        double[][] places = logs.keySet().stream().map(space::encode).toArray(double[][]::new);
        double[] foretold = costs.at(places);
        double[] paid = new double[places.length];
        int i = 0;
        for (List<Double> known : logs.values()) {
            paid[i] = known.stream().mapToDouble(Double::doubleValue).average().orElse(foretold[i]);
            i++;
        }
        return Front.of(places, paid, losses.means(places));
    }

    Fits fits() {
        return fits;
    }

    Front front() {
        return front;
    }

    /** Means and standard deviations of the losses, standardised: row 0 and row 1. */
    double[][] losses(double[][] points) {
        return losses.at(points);
    }

    /** The expected logarithms of the costs. */
    double[] logCosts(double[][] points) {
        return costs.at(points);
    }

    /** The logarithms of the probabilities not to fail. */
    double[] logSuccesses(double[][] points) {
        double[] logs = new double[points.length];
        if (successes.isPresent()) {
            double[][] labels = successes.get().at(points);
            for (int p = 0; p < points.length; p++) {
                double probability = NORMAL.cumulativeProbability(labels[0][p] / labels[1][p]);
                logs[p] = StrictMath.log(Math.max(Double.MIN_NORMAL, probability));
            }
        }
        return logs;
    }
}
