package dev.chiron.optimizers.conformal;

import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/** Points that might be tried: some anywhere, some one of the best known with a few coordinates anywhere. */
final class Candidates {

    private static final int PARENTS = 10;
    private static final double MOVED = 3; // coordinates that are drawn anew, about

    private final Coordinates coordinates;
    private final ConformalSettings settings;

    Candidates(Coordinates coordinates, ConformalSettings settings) {
        this.coordinates = coordinates;
        this.settings = settings;
    }

    /** A point and one of its quantiles. */
    private static final class Foretold {
        final double[] point;
        final double value;

        Foretold(double[] point, double value) {
            this.point = point;
            this.value = value;
        }
    }

    /** Points on their places, the least first by a quantile drawn for each. */
    List<double[]> ordered(Table table, Quantiles quantiles, RandomGenerator random) {
        double[][] parents = IntStream.range(0, table.size())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> table.values[row]))
                .limit(PARENTS)
                .map(row -> table.points[row])
                .toArray(double[][]::new);
        int near = (int) Math.round(settings.nearby() * settings.candidates());
        List<Foretold> foretold = new ArrayList<>();
        for (int k = 0; k < settings.candidates(); k++) {
            double[] point = k < near ? redrawn(parents[k % parents.length], random) : anywhere(random);
            foretold.add(new Foretold(point, quantiles.at(point, random.nextInt(Quantiles.COUNT))));
        }
        foretold.sort(Comparator.comparingDouble(each -> each.value));
        return foretold.stream().map(each -> each.point).toList();
    }

    /** A few coordinates anywhere: a small step would mostly stay in the leaves that it comes from, where nothing is foretold but the same. */
    private double[] redrawn(double[] parent, RandomGenerator random) {
        double[] point = parent.clone();
        double[] other = anywhere(random);
        int certain = random.nextInt(point.length);
        for (int axis = 0; axis < point.length; axis++) {
            if (axis == certain || random.nextDouble() < MOVED / point.length) {
                point[axis] = other[axis];
            }
        }
        return coordinates.settled(point);
    }

    private double[] anywhere(RandomGenerator random) {
        if (settings.prior().isEmpty()) {
            return coordinates.uniform(random);
        }
        double[] shares = new double[coordinates.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = random.nextDouble();
        }
        return coordinates.settled(
                coordinates.snapped(settings.prior().orElseThrow().point(shares)));
    }
}
