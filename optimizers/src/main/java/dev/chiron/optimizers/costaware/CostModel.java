package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Observation.Kind;
import dev.chiron.optimizers.gp.Posterior;
import dev.chiron.optimizers.gp.Surface;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a trial will cost, as a logarithm: a straight line in every coordinate, since costs grow by powers and have to be foretold beyond what was
 * run, and a Gaussian process for the rest. CARBS has both in one process, by its linear kernel.
 */
final class CostModel {

    private final Optional<Line> line;
    private final Optional<Surface> rest;
    private final Posterior.Fit fit;

    private CostModel(Optional<Line> line, Optional<Surface> rest, Posterior.Fit fit) {
        this.line = line;
        this.rest = rest;
        this.fit = fit;
    }

    /** Learned from the measured trials whose cost is known; all cost the same if there are none. */
    static CostModel of(
            List<Observation> observations, SearchSpace space, Coordinates coordinates, Posterior.Fit last) {
        List<Observation> known = observations.stream()
                .filter(observation -> observation.kind() == Kind.MEASURED && observation.cost() > 0)
                .toList();
        if (known.isEmpty()) {
            return new CostModel(Optional.empty(), Optional.empty(), last);
        }
        double[][] points =
                known.stream().map(one -> space.encode(one.config())).toArray(double[][]::new);
        double[] logs =
                known.stream().mapToDouble(one -> StrictMath.log(one.cost())).toArray();
        Line line = Line.through(points, logs, coordinates);
        double[] left = new double[logs.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = logs[i] - line.at(points[i]);
        }
        boolean isStraight = Arrays.stream(left).allMatch(value -> Math.abs(value) < 1e-9);
        Optional<Surface> rest =
                isStraight ? Optional.empty() : Optional.of(Surface.of(points, left, coordinates.unordered(), last));
        return new CostModel(Optional.of(line), rest, rest.map(Surface::fit).orElse(last));
    }

    /** The hyperparameters, for the next time. */
    Posterior.Fit fit() {
        return fit;
    }

    /** The expected logarithms of the costs, in seconds. */
    double[] at(double[][] points) {
        double[] costs = rest.map(surface -> surface.at(points)[0]).orElseGet(() -> new double[points.length]);
        for (int p = 0; p < points.length; p++) {
            double[] point = points[p];
            costs[p] += line.map(straight -> straight.at(point)).orElse(0.0);
        }
        return costs;
    }
}
