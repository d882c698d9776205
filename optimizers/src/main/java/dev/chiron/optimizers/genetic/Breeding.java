package dev.chiron.optimizers.genetic;

import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Crossover and mutation of configs that need not have the same parameters. A child's genes are decided parents of conditions first, so that of
 * each it is known whether it is active; it comes from whichever of the two has it, and is drawn anew where neither does. What is not active in the
 * child has no gene.
 */
final class Breeding {

    /** How far beyond its parents a blended number may lie, of their distance (BLX-0.5, Eshelman and Schaffer 1993). */
    private static final double BEYOND = 0.5;

    private static final double WIDEST = 0.3; // standard deviation of a mutation, of a range
    private static final double DECADES = 2; // by which the narrowest is narrower

    private final SearchSpace space;
    private final Coordinates coordinates;
    private final double blend;
    private final RandomGenerator random;
    private final int[] order; // parents of conditions first
    private final int conditions;

    Breeding(SearchSpace space, Coordinates coordinates, double blend, RandomGenerator random) {
        this.space = space;
        this.coordinates = coordinates;
        this.blend = blend;
        this.random = random;
        List<Integer> first = space.parents();
        this.conditions = first.size();
        this.order = IntStream.concat(
                        first.stream().mapToInt(Integer::intValue),
                        IntStream.range(0, space.size()).filter(axis -> !first.contains(axis)))
                .toArray();
    }

    /** The child of two points, of which one gene at least is mutated if it has it: a point on its places. */
    double[] child(double[] one, double[] other) {
        boolean[] ofOne = space.active(one);
        boolean[] ofOther = space.active(other);
        int[] genes = IntStream.range(0, one.length)
                .filter(axis -> ofOne[axis] && !space.parameters().get(axis).isFixed())
                .toArray();
        int certain = genes.length == 0 ? -1 : genes[random.nextInt(genes.length)];
        double rate = 1.0 / Math.max(1, genes.length);
        double[] child = one.clone();
        boolean[] active = {};
        for (int k = 0; k < order.length; k++) {
            int axis = order[k];
            active = k <= conditions ? space.active(child) : active;
            if (!active[axis]) {
                continue;
            }
            if (!ofOne[axis] && !ofOther[axis]) {
                child[axis] = coordinates.draw(axis, random);
                continue;
            }
            child[axis] = ofOne[axis] && ofOther[axis]
                    ? crossed(axis, one[axis], other[axis])
                    : ofOne[axis] ? one[axis] : other[axis];
            if (axis == certain || random.nextDouble() < rate) {
                child[axis] = mutated(axis, child[axis]);
            }
        }
        return space.settled(child);
    }

    private double crossed(int axis, double one, double other) {
        if (coordinates.isUnordered(axis) || random.nextDouble() >= blend) {
            return random.nextBoolean() ? one : other;
        }
        double reach = (1 + 2 * BEYOND) * Math.abs(one - other);
        double low = Math.min(one, other) - BEYOND * Math.abs(one - other);
        return coordinates.snapped(axis, reflected(low + reach * random.nextDouble()));
    }

    /** A step of random width; another option, or a neighbour, where there is no width. */
    private double mutated(int axis, double place) {
        double width = WIDEST * StrictMath.pow(10, -DECADES * random.nextDouble());
        double step = width * random.nextGaussian();
        if (!coordinates.isUnordered(axis)) {
            double moved = coordinates.snapped(axis, reflected(place + step));
            if (moved != place || !coordinates.isDiscrete(axis)) {
                return moved;
            }
        }
        double[] neighbours = coordinates.neighbours(axis, place);
        return neighbours.length == 0 ? place : neighbours[random.nextInt(neighbours.length)];
    }

    /** Reflected at the ends, since much that is good lies near them. */
    private static double reflected(double place) {
        double inside = place < 0 ? -place : place > 1 ? 2 - place : place;
        return Math.min(1, Math.max(0, inside));
    }
}
