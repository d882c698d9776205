package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Configs as places on the axes, kept in order of each axis, so that a mixture needs no sorting. */
final class Records {

    private final SearchSpace space;
    private final List<Optional<Scale>> scales = new ArrayList<>();
    private final List<double[]> places = new ArrayList<>();
    private int[][] ascending;

    Records(SearchSpace space) {
        this.space = space;
        for (Parameter parameter : space.parameters()) {
            boolean unordered = parameter instanceof Choice choice && !choice.ordered();
            scales.add(unordered ? Optional.empty() : Optional.of(Scale.of(parameter)));
        }
        this.ascending = new int[space.size()][16];
    }

    int axes() {
        return scales.size();
    }

    /** The line of an axis; empty for an unordered choice, whose places are the indices of its options. */
    Optional<Scale> scale(int axis) {
        return scales.get(axis);
    }

    /** What the prior's kernel is along a line. */
    Bell bell(int axis, Optional<Prior> belief) {
        Scale scale = scales.get(axis).orElseThrow();
        Bell flat = Bell.over(scale);
        Parameter parameter = space.parameters().get(axis);
        return belief.flatMap(prior -> prior.width(axis)
                        .map(width -> new Bell(
                                scale.place(parameter, parameter.decode(prior.centre(axis))),
                                Math.min(1, width) * flat.width())))
                .orElse(flat);
    }

    /** The probability of each option of an unordered choice in the prior's kernel. */
    double[] odds(int axis, Optional<Prior> belief) {
        int options = ((Choice) space.parameters().get(axis)).options().size();
        double[] odds = IntStream.range(0, options)
                .mapToDouble(option -> belief.map(prior -> Math.exp(prior.logRatio(axis, (option + 0.5) / options)))
                        .orElse(1.0))
                .toArray();
        double sum = Arrays.stream(odds).sum();
        return Arrays.stream(odds).map(odd -> odd / sum).toArray();
    }

    int size() {
        return places.size();
    }

    double[] places(int record) {
        return places.get(record);
    }

    /** The records in ascending order of an axis; the first {@link #size} of them. */
    int[] ascending(int axis) {
        return ascending[axis];
    }

    void add(Config config) {
        double[] added = places(config);
        int n = places.size();
        places.add(added);
        for (int axis = 0; axis < added.length; axis++) {
            if (n == ascending[axis].length) {
                ascending[axis] = Arrays.copyOf(ascending[axis], 2 * n);
            }
            int at = after(axis, added[axis], n);
            System.arraycopy(ascending[axis], at, ascending[axis], at + 1, n - at);
            ascending[axis][at] = n;
        }
    }

    /** How many of the first {@code n} in order lie at or below a place. */
    private int after(int axis, double place, int n) {
        int low = 0;
        int high = n;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places.get(ascending[axis][middle])[axis] <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    double[] places(Config config) {
        double[] coordinates = new double[scales.size()];
        for (int axis = 0; axis < coordinates.length; axis++) {
            Parameter parameter = space.parameters().get(axis);
            Value value = config.get(parameter.name());
            coordinates[axis] = scales.get(axis)
                    .map(scale -> scale.place(parameter, value))
                    .orElseGet(() -> (double) ((Choice) parameter).index(value));
        }
        return coordinates;
    }

    Config config(double[] coordinates) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (int axis = 0; axis < coordinates.length; axis++) {
            Parameter parameter = space.parameters().get(axis);
            double place = coordinates[axis];
            values.put(
                    parameter.name(),
                    scales.get(axis)
                            .map(scale -> scale.value(parameter, place))
                            .orElseGet(() -> ((Choice) parameter).options().get((int) place)));
        }
        return Config.of(values);
    }
}
