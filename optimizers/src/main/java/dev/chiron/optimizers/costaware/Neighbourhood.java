package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * What is near the front: a normal distribution about each of its points. An unordered choice keeps its option, but for so large a share as the radius
 * is; what is not active at a point of the front may be anywhere.
 */
final class Neighbourhood {

    private final SearchSpace space;
    private final Coordinates coordinates;
    private final double[][] origins;
    private final double radius;

    Neighbourhood(SearchSpace space, Coordinates coordinates, Front front, double radius) {
        this.space = space;
        this.coordinates = coordinates;
        this.origins = front.points().stream().map(Front.Point::place).toArray(double[][]::new);
        this.radius = radius;
    }

    /** Points on their places, each about a point of the front that is drawn evenly. */
    double[][] candidates(int count, RandomGenerator random) {
        double[][] candidates = new double[count][];
        for (int k = 0; k < count; k++) {
            double[] point = origins[random.nextInt(origins.length)].clone();
            boolean[] active = space.active(point);
            for (int axis = 0; axis < point.length; axis++) {
                point[axis] = active[axis] ? moved(axis, point[axis], random) : coordinates.draw(axis, random);
            }
            candidates[k] = coordinates.settled(point);
        }
        return candidates;
    }

    private double moved(int axis, double place, RandomGenerator random) {
        if (coordinates.isUnordered(axis)) {
            return random.nextDouble() < radius ? coordinates.draw(axis, random) : place;
        }
        return coordinates.snapped(axis, reflected(place + radius * random.nextGaussian()));
    }

    /** Back inside the range, so that its ends are not where everything ends that went beyond. */
    private static double reflected(double place) {
        double folded = Math.abs(place) % 2;
        return folded > 1 ? 2 - folded : folded;
    }

    /** The logarithm of how near a point is to that of the front which is nearest: 0 there, less elsewhere. */
    double nearness(double[] point) {
        double nearest = Double.POSITIVE_INFINITY;
        for (double[] origin : origins) {
            nearest = Math.min(nearest, distance(origin, point));
        }
        return -nearest;
    }

    private double distance(double[] origin, double[] point) {
        double sum = 0;
        for (int axis = 0; axis < point.length; axis++) {
            double away = (point[axis] - origin[axis]) / radius;
            if (coordinates.isUnordered(axis)) {
                sum += away == 0 ? 0 : -StrictMath.log(radius);
            } else {
                sum += 0.5 * away * away;
            }
        }
        return sum;
    }
}
