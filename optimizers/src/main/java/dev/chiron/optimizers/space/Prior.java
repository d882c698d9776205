package dev.chiron.optimizers.space;

import dev.chiron.optimizers.space.Parameter.Choice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A belief about where the optimum lies, around one config: for each parameter with a width an independent normal distribution
 * in the unit cube, cut off at its ends; for each unordered choice with one, half of the probability on the config's option. The
 * other parameters may lie anywhere. Immutable.
 */
public final class Prior {

    /** The width that stands for "around the default", as a share of a range. */
    public static final double AROUND = 0.25;

    /** The probability of the centre's option, if that is more than its even share. */
    private static final double OPTION = 0.5;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final List<Parameter> parameters;
    private final Config config;
    private final double[] centre;
    private final List<Optional<Double>> widths;

    private Prior(SearchSpace space, Config config, List<Optional<Double>> widths) {
        this.parameters = space.parameters();
        this.config = config;
        this.centre = space.encode(config);
        this.widths = widths;
    }

    /**
     * The belief of these widths.
     *
     * @param centre a config of the space
     * @param widths standard deviations as shares of the ranges, by parameter, above 0; of an unordered choice any
     * @throws IllegalArgumentException if a width is not above 0, or of no parameter of the space
     */
    public static Prior around(SearchSpace space, Config centre, Map<String, Double> widths) {
        widths.forEach((name, width) -> {
            if (!(width > 0) || !Double.isFinite(width) || space.find(name).isEmpty()) {
                throw new IllegalArgumentException("no width of a prior: " + name + " " + width);
            }
        });
        List<Optional<Double>> listed = space.parameters().stream()
                .map(parameter -> Optional.ofNullable(widths.get(parameter.name())))
                .toList();
        return new Prior(space, centre, listed);
    }

    /** No belief, but a config to begin at. */
    public static Prior flat(SearchSpace space, Config centre) {
        return around(space, centre, Map.of());
    }

    /** The config that it lies around. */
    public Config centre() {
        return config;
    }

    /** The centre's coordinate in the unit cube. */
    public double centre(int axis) {
        return centre[axis];
    }

    /** A parameter's standard deviation in the unit cube, if anything is believed about it. */
    public Optional<Double> width(int axis) {
        return widths.get(axis);
    }

    /** The point whose share of the belief lies below in each coordinate: uniform points become points drawn from the belief. */
    public double[] point(double[] shares) {
        double[] point = shares.clone();
        for (int i = 0; i < point.length; i++) {
            if (widths.get(i).isPresent()) {
                point[i] = choice(i).isPresent() ? option(i, shares[i]) : place(i, shares[i]);
            }
        }
        return point;
    }

    /** The place of a numeric parameter with a width below which this share of the belief lies. */
    public double place(int axis, double share) {
        double width = widths.get(axis).orElseThrow();
        double below = NORMAL.cumulativeProbability(-centre[axis] / width);
        double above = NORMAL.cumulativeProbability((1 - centre[axis]) / width);
        double place = centre[axis] + width * NORMAL.inverseCumulativeProbability(below + share * (above - below));
        return Math.min(1, Math.max(0, place));
    }

    private double option(int axis, double share) {
        double first = first(axis);
        if (share < first) {
            return centre[axis];
        }
        int options = choice(axis).orElseThrow().options().size();
        int other = (int) ((share - first) / (1 - first) * (options - 1));
        double[] others = IntStream.range(0, options)
                .mapToDouble(option -> (option + 0.5) / options)
                .filter(place -> place != centre[axis])
                .toArray();
        return others[Math.min(other, others.length - 1)];
    }

    /** The logarithm of the belief in a coordinate, against that in the centre: 0 there and where nothing is believed, less elsewhere. */
    public double logRatio(int axis, double place) {
        if (widths.get(axis).isEmpty() || place == centre[axis]) {
            return 0;
        }
        Optional<Choice> choice = choice(axis);
        if (choice.isPresent()) {
            double first = first(axis);
            return Math.log((1 - first) / (choice.get().options().size() - 1) / first);
        }
        double distance = (place - centre[axis]) / widths.get(axis).get();
        return -0.5 * distance * distance;
    }

    /** The derivative of {@link #logRatio} by the place; 0 for an unordered choice. */
    public double slope(int axis, double place) {
        if (widths.get(axis).isEmpty() || choice(axis).isPresent()) {
            return 0;
        }
        double width = widths.get(axis).get();
        return -(place - centre[axis]) / (width * width);
    }

    /** The believed probability of the centre's option. */
    private double first(int axis) {
        return Math.max(OPTION, 1.0 / choice(axis).orElseThrow().options().size());
    }

    private Optional<Choice> choice(int axis) {
        return parameters.get(axis) instanceof Choice choice && !choice.ordered()
                ? Optional.of(choice)
                : Optional.empty();
    }
}
