package dev.chiron.optimizers.turbo;

import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The points of a trust region: in what has an order within a box around the centre, whose sides are as the length scales to each other; of unordered
 * choices another option with the probability of the region's length. What is not active at the centre may be anywhere.
 */
final class Box {

    /** About so many coordinates of a candidate are moved. */
    private static final double MOVED = 20;

    /** Length scales beyond these say no more (the paper's bounds). */
    private static final double SHORTEST = 0.005;

    private static final double LONGEST = 2;

    private final SearchSpace space;
    private final Coordinates coordinates;
    private final double[] centre;
    private final boolean[] active;
    private final double[] halves; // of each side of the box
    private final double length;

    /** @param lengthscales in the unit cube, one a parameter */
    Box(SearchSpace space, Coordinates coordinates, double[] centre, double[] lengthscales, double length) {
        this.space = space;
        this.coordinates = coordinates;
        this.centre = centre;
        this.active = space.active(centre);
        this.length = length;
        this.halves = new double[centre.length];
        double logs = 0;
        int varied = 0;
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Math.max(SHORTEST, Math.min(LONGEST, lengthscales[i]));
            boolean counts = active[i]
                    && !coordinates.isUnordered(i)
                    && !space.parameters().get(i).isFixed();
            logs += counts ? StrictMath.log(halves[i]) : 0;
            varied += counts ? 1 : 0;
        }
        double mean = StrictMath.exp(logs / Math.max(1, varied));
        for (int i = 0; i < halves.length; i++) {
            halves[i] *= length / 2 / mean; // the volume is that of a cube of the length
        }
    }

    double low(int axis) {
        return Math.max(0, centre[axis] - halves[axis]);
    }

    double high(int axis) {
        return Math.min(1, centre[axis] + halves[axis]);
    }

    /** Points on their places, uniform in a part of their coordinates and at the centre in the others. */
    double[][] candidates(int count, RandomGenerator random) {
        int[] free = IntStream.range(0, centre.length)
                .filter(axis -> active[axis] && !space.parameters().get(axis).isFixed())
                .toArray();
        double probability = Math.min(1, MOVED / Math.max(1, free.length));
        double[][] candidates = new double[count][];
        for (int k = 0; k < count; k++) {
            double[] point = centre.clone();
            int certain = free.length == 0 ? -1 : free[random.nextInt(free.length)];
            for (int axis = 0; axis < point.length; axis++) {
                if (!active[axis]) {
                    point[axis] = coordinates.draw(axis, random); // counts if what it depends on has changed
                } else if (axis == certain || random.nextDouble() < probability) {
                    point[axis] = moved(axis, random);
                }
            }
            candidates[k] = coordinates.settled(point);
        }
        return candidates;
    }

    private double moved(int axis, RandomGenerator random) {
        if (coordinates.isUnordered(axis)) {
            return random.nextDouble() < length ? coordinates.draw(axis, random) : centre[axis];
        }
        double low = low(axis);
        return coordinates.snapped(axis, low + random.nextDouble() * (high(axis) - low));
    }
}
