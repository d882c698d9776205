package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Individual;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The steps from an individual to its children in a space of any kind. Numbers and ordered choices are the axes of a Gaussian, clipped at the ends of
 * their ranges, where much that is good lies. On a grid, and of an unordered choice, the value changes to another now and then, however
 * small the width is: one parameter a child on average. A parameter that is active in the child alone has any value.
 */
final class Steps {

    private final SearchSpace space;
    private final MoCmaSettings settings;
    private final Coordinates coordinates;
    private final int[] axes; // of the Gaussian
    private final int[] discrete; // what may change to another value
    private final int[] order; // parents of conditions first
    private final int conditions;
    private final double rate;

    Steps(SearchSpace space, MoCmaSettings settings) {
        this.space = space;
        this.settings = settings;
        this.coordinates = new Coordinates(space);
        int[] free = IntStream.range(0, space.size())
                .filter(i -> !space.parameters().get(i).isFixed())
                .toArray();
        this.axes = Arrays.stream(free).filter(i -> !coordinates.isUnordered(i)).toArray();
        this.discrete = Arrays.stream(free).filter(coordinates::isDiscrete).toArray();
        this.rate = 1.0 / Math.max(1, free.length);
        List<Integer> first = space.parents();
        this.conditions = first.size();
        this.order = IntStream.concat(
                        first.stream().mapToInt(Integer::intValue),
                        IntStream.range(0, space.size()).filter(i -> !first.contains(i)))
                .toArray();
    }

    /** The number of axes of the Gaussian. */
    int dimension() {
        return axes.length;
    }

    /** An individual of which nothing is known, as wide as the settings say. */
    Individual fresh(int number, Config config) {
        double[] ones = new double[axes.length];
        Arrays.fill(ones, 1);
        return new Individual(
                number,
                config,
                List.of(),
                0,
                settings.sigma(),
                SuccessRule.TARGET,
                Vectors.list(new double[axes.length]),
                new OptimizerState.Covariance(Vectors.rows(
                        Covariance.of(settings.ruleFor(axes.length), ones).rows())));
    }

    /** The individual with what came of it. */
    Individual measured(Individual one, Observation observation) {
        return new Individual(
                one.number(),
                one.config(),
                Vectors.list(observation.losses()),
                observation.violation(),
                one.sigma(),
                one.success(),
                one.path(),
                one.covariance());
    }

    /** A point about an individual, not yet on its places and perhaps against constraints. */
    double[] child(Individual parent, RandomGenerator random) {
        double[] from = space.encode(parent.config());
        double[] child = from.clone();
        double[] z = new double[axes.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = random.nextGaussian();
        }
        double[] y = Covariance.of(settings.ruleFor(axes.length), parent.covariance(), axes.length)
                .stretch(z);
        for (int i = 0; i < axes.length; i++) {
            child[axes[i]] = coordinates.snapped(axes[i], from[axes[i]] + parent.sigma() * y[i]);
        }
        for (int axis : discrete) {
            double[] neighbours = coordinates.neighbours(axis, from[axis]);
            if (random.nextDouble() < rate && child[axis] == from[axis] && neighbours.length > 0) {
                child[axis] = neighbours[random.nextInt(neighbours.length)];
            }
        }
        return activated(from, child, random);
    }

    /** What is not active in the one it came from gets any value; parents of conditions are decided first. */
    private double[] activated(double[] from, double[] child, RandomGenerator random) {
        boolean[] before = space.active(from);
        boolean[] active = {};
        for (int k = 0; k < order.length; k++) {
            int axis = order[k];
            active = k <= conditions ? space.active(child) : active;
            if (active[axis] && !before[axis]) {
                child[axis] = coordinates.draw(axis, random);
            }
        }
        return space.settled(child);
    }

    /** The step from a parent to a config in units of its width; 0 along what is not active in both. */
    double[] between(Individual parent, Config config) {
        double[] from = space.encode(parent.config());
        double[] to = space.encode(config);
        boolean[] before = space.active(from);
        boolean[] after = space.active(to);
        double[] step = new double[axes.length];
        for (int i = 0; i < step.length; i++) {
            int axis = axes[i];
            step[i] = before[axis] && after[axis] ? (to[axis] - from[axis]) / parent.sigma() : 0;
        }
        return step;
    }
}
