package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Looks for the points of highest acquisition: half of the candidates uniform, half around the best points known; from the
 * best of them by steps in one coordinate, each to the best of some neighbours, until none is better.
 */
final class Search {

    private static final int PARENTS = 10;
    private static final int STEPS = 10;
    private static final int NEIGHBOURS = 40;
    private static final double MOVED = 3; // coordinates that a perturbation moves, about
    private static final double WIDEST = 0.3;
    private static final double DECADES = 2; // by which the narrowest step is narrower

    private final Coordinates coordinates;
    private final Acquisition acquisition;
    private final RandomGenerator random;

    Search(Coordinates coordinates, Acquisition acquisition, RandomGenerator random) {
        this.coordinates = coordinates;
        this.acquisition = acquisition;
        this.random = random;
    }

    /** A point and its acquisition. */
    private static final class Found {
        final double[] point;
        final double value;

        Found(double[] point, double value) {
            this.point = point;
            this.value = value;
        }

        double value() {
            return value;
        }
    }

    /** Points on their places, the most promising first. */
    List<double[]> promising(Table table, ForestSettings settings) {
        double[][] parents = parents(table);
        List<Found> found = new ArrayList<>();
        for (int k = 0; k < settings.candidates(); k++) {
            double probability = k % 4 == 1 ? 1 : MOVED / coordinates.size();
            found.add(found(
                    k % 2 == 0
                            ? coordinates.uniform(random)
                            : perturbed(parents[(k / 4) % parents.length], probability)));
        }
        Comparator<Found> order = Comparator.comparingDouble(Found::value).reversed();
        found.sort(order);
        List<Found> climbed = new ArrayList<>(
                found.stream().limit(settings.starts()).map(this::climbed).toList());
        climbed.addAll(found);
        climbed.sort(order);
        return climbed.stream().map(each -> each.point).toList();
    }

    private Found found(double[] point) {
        return new Found(point, acquisition.at(point));
    }

    private static double[][] parents(Table table) {
        return IntStream.range(0, table.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> table.values[i]))
                .limit(PARENTS)
                .map(i -> table.points[i])
                .toArray(double[][]::new);
    }

    private Found climbed(Found start) {
        Found here = start;
        for (int step = 0; step < STEPS; step++) {
            Found best = here;
            for (int k = 0; k < NEIGHBOURS; k++) {
                Found neighbour = found(perturbed(here.point, 0));
                best = neighbour.value > best.value ? neighbour : best;
            }
            if (best.value <= here.value) {
                break;
            }
            here = best;
        }
        return here;
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
                point[i] = coordinates.snapped(i, point[i] + width * random.nextGaussian());
            } else if (i == certain || random.nextDouble() < width) {
                double[] neighbours = coordinates.neighbours(i, point[i]);
                point[i] = neighbours.length == 0 ? point[i] : neighbours[random.nextInt(neighbours.length)];
            }
        }
        return coordinates.settled(point);
    }
}
