package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Configs as places on the axes, kept in order of each axis, so that a mixture needs no sorting. */
final class Records {

    private final SearchSpace space;
    private final List<Optional<Scale>> scales = new ArrayList<>();
    private final double[][] places; // by axis, so that a mixture reads along
    private final int[][] ascending; // by axis
    private int size;

    Records(SearchSpace space) {
        this.space = space;
        for (Parameter parameter : space.parameters()) {
            boolean unordered = parameter instanceof Choice choice && !choice.ordered();
            scales.add(unordered ? Optional.empty() : Optional.of(Scale.of(parameter)));
        }
        this.places = new double[space.size()][0];
        this.ascending = new int[space.size()][0];
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
        return size;
    }

    /** Where each record lies on an axis; the first {@link #size} of them. */
    double[] along(int axis) {
        return places[axis];
    }

    /** The records in ascending order of an axis; the first {@link #size} of them. */
    int[] ascending(int axis) {
        return ascending[axis];
    }

    void add(Config config) {
        double[] added = places(config);
        for (int axis = 0; axis < added.length; axis++) {
            if (size == places[axis].length) {
                int more = size + size / 8 + 16; // a trial's share of memory counts more than the copying
                places[axis] = Arrays.copyOf(places[axis], more);
                ascending[axis] = Arrays.copyOf(ascending[axis], more);
            }
            int at = after(axis, added[axis]);
            System.arraycopy(ascending[axis], at, ascending[axis], at + 1, size - at);
            ascending[axis][at] = size;
            places[axis][size] = added[axis];
        }
        size++;
    }

    /** How many lie at or below a place. */
    private int after(int axis, double place) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (places[axis][ascending[axis][middle]] <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    double[] places(Config config) {
        List<Value> values = space.values(config);
        double[] coordinates = new double[scales.size()];
        for (int axis = 0; axis < coordinates.length; axis++) {
            Parameter parameter = space.parameters().get(axis);
            Value value = values.get(axis);
            coordinates[axis] = scales.get(axis)
                    .map(scale -> scale.place(parameter, value))
                    .orElseGet(() -> (double) ((Choice) parameter).index(value));
        }
        return coordinates;
    }

    Config config(double[] coordinates) {
        List<Value> values = new ArrayList<>(coordinates.length);
        for (int axis = 0; axis < coordinates.length; axis++) {
            Parameter parameter = space.parameters().get(axis);
            double place = coordinates[axis];
            values.add(scales.get(axis)
                    .map(scale -> scale.value(parameter, place))
                    .orElseGet(() -> ((Choice) parameter).options().get((int) place)));
        }
        return space.config(values);
    }
}
