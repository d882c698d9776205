package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.gp.Descent.Slope;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Looks for the points of highest acquisition: half of the candidates uniform, half around the best points known; from the
 * best of them up the gradient in the smooth coordinates and by neighbours in the discrete ones, in turns.
 */
final class Maximiser {

    private static final int PARENTS = 5;
    private static final int TURNS = 2;
    private static final int SWEEPS = 5;
    private static final int STEPS = 30;
    private static final double TOLERANCE = 1e-4;
    private static final double MOVED = 3; // coordinates that a perturbation moves, about
    private static final double WIDEST = 0.3;
    private static final double DECADES = 4; // by which the narrowest perturbation is narrower

    private final Coordinates coordinates;
    private final Acquisition acquisition;
    private final double[] lengthscales;
    private final RandomGenerator random;

    Maximiser(
            Coordinates coordinates, Acquisition acquisition, Hyperparameters hyperparameters, RandomGenerator random) {
        this.coordinates = coordinates;
        this.acquisition = acquisition;
        this.lengthscales = Arrays.stream(hyperparameters.weights)
                .map(w -> 1 / Math.sqrt(w))
                .toArray();
        this.random = random;
    }

    /** Points on their places, those climbed to first, then the candidates from the most promising on. */
    List<double[]> promising(Data data, GpSettings settings) {
        double[][] parents = parents(data);
        double[][] candidates = new double[settings.candidates()][];
        for (int k = 0; k < candidates.length; k++) {
            candidates[k] = k % 2 == 0
                    ? coordinates.uniform(random)
                    : perturbed(parents[(k / 2) % parents.length], k % 4 == 1 ? 1 : MOVED / coordinates.size());
        }
        double[] values = acquisition.at(candidates);
        List<Integer> sorted = IntStream.range(0, candidates.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -values[k]))
                .toList();
        List<double[]> promising = new ArrayList<>();
        for (int far = 0; far < 2; far++) { // so that the nearest hill is not the only one climbed
            int kind = far;
            sorted.stream()
                    .filter(k -> k % 2 == kind)
                    .limit((settings.starts() + far) / 2)
                    .map(k -> climbed(candidates[k]))
                    .forEach(promising::add);
        }
        sorted.forEach(k -> promising.add(candidates[k]));
        return promising;
    }

    private static double[][] parents(Data data) {
        return IntStream.range(0, data.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> data.values[i]))
                .limit(PARENTS)
                .map(i -> data.points[i])
                .toArray(double[][]::new);
    }

    /** A step of random width, in each coordinate with this probability and in one for certain. */
    private double[] perturbed(double[] parent, double probability) {
        double width = WIDEST * StrictMath.pow(10, -DECADES * random.nextDouble());
        int certain = random.nextInt(parent.length);
        double[] point = parent.clone();
        for (int i = 0; i < point.length; i++) {
            if (i != certain && random.nextDouble() >= probability) {
                continue;
            }
            if (coordinates.isSmooth(i)) {
                double step = width * Math.min(1, lengthscales[i]) * random.nextGaussian();
                point[i] = coordinates.snapped(i, point[i] + step);
            } else if (i == certain || random.nextDouble() < width) {
                double[] neighbours = coordinates.neighbours(i, point[i]);
                point[i] = neighbours.length == 0 ? point[i] : neighbours[random.nextInt(neighbours.length)];
            }
        }
        return coordinates.settled(point);
    }

    private double[] climbed(double[] start) {
        double[] point = start;
        boolean allSmooth = IntStream.range(0, point.length).noneMatch(coordinates::isDiscrete);
        for (int turn = 0; turn < TURNS; turn++) {
            double[] before = point;
            point = swept(uphill(point));
            if (allSmooth || Arrays.equals(before, point)) {
                break;
            }
        }
        return point;
    }

    /** Up the gradient, in units of the lengthscales; then onto the nearest places, if that is still better. */
    private double[] uphill(double[] start) {
        int d = start.length;
        double[] low = new double[d];
        double[] high = new double[d];
        double[] scaled = new double[d];
        boolean[] active = coordinates.active(start);
        for (int i = 0; i < d; i++) {
            boolean moves = active[i] && coordinates.isSmooth(i);
            scaled[i] = start[i] / lengthscales[i];
            low[i] = moves ? 0 : scaled[i];
            high[i] = moves ? 1 / lengthscales[i] : scaled[i];
        }
        double[] end = new Descent(low, high, STEPS, TOLERANCE).minimise(scaled, this::descending).point;
        double[] point = start.clone();
        for (int i = 0; i < d; i++) {
            if (coordinates.isSmooth(i)) {
                point[i] = coordinates.snapped(i, end[i] * lengthscales[i]);
            }
        }
        point = coordinates.settled(point);
        double[] values = acquisition.at(new double[][] {start, point});
        return values[1] > values[0] ? point : start;
    }

    private Slope descending(double[] scaled) {
        double[] point = new double[scaled.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = scaled[i] * lengthscales[i];
        }
        Slope slope = acquisition.descending(point);
        for (int i = 0; i < point.length; i++) {
            slope.gradient[i] *= coordinates.isSmooth(i) ? lengthscales[i] : 0;
        }
        return slope;
    }

    /** To the best of all neighbours in the discrete coordinates, again and again. */
    private double[] swept(double[] start) {
        double[] point = start;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            List<double[]> around = new ArrayList<>(List.of(point));
            boolean[] active = coordinates.active(point);
            for (int i = 0; i < point.length; i++) {
                if (active[i] && coordinates.isDiscrete(i)) {
                    for (double place : coordinates.neighbours(i, point[i])) {
                        double[] neighbour = point.clone();
                        neighbour[i] = place;
                        around.add(coordinates.settled(neighbour));
                    }
                }
            }
            double[] values = acquisition.at(around.toArray(double[][]::new));
            int best = 0;
            for (int k = 1; k < values.length; k++) {
                best = values[k] > values[best] ? k : best;
            }
            if (best == 0) {
                return point;
            }
            point = around.get(best);
        }
        return point;
    }
}
