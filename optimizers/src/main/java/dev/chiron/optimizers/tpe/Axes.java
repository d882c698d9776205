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

/** A space as axes on which configs have places: along a line, or, on the axis of an unordered choice, the option's index. */
final class Axes {

    private final SearchSpace space;
    private final List<Optional<Scale>> scales = new ArrayList<>();

    Axes(SearchSpace space) {
        this.space = space;
        for (Parameter parameter : space.parameters()) {
            boolean unordered = parameter instanceof Choice choice && !choice.ordered();
            scales.add(unordered ? Optional.empty() : Optional.of(Scale.of(parameter)));
        }
    }

    /**
     * A mixture without observations over some of the axes.
     *
     * @param belief what the prior's kernel is like; flat if there is none
     */
    Parzen mixture(int[] some, Optional<Prior> belief, double priorWeight) {
        Members members = new Members();
        List<Kernels> kernels = new ArrayList<>();
        for (int axis : some) {
            kernels.add(scales.get(axis)
                    .<Kernels>map(scale -> new LineKernels(scale, members, bell(scale, axis, belief)))
                    .orElseGet(() -> new OptionKernels(members, odds(axis, belief), priorWeight)));
        }
        return new Parzen(kernels, members, priorWeight);
    }

    /** What the prior's kernel is along a line. */
    private Bell bell(Scale scale, int axis, Optional<Prior> belief) {
        Bell flat = Bell.over(scale);
        Parameter parameter = space.parameters().get(axis);
        return belief.flatMap(prior -> prior.width(axis)
                        .map(width -> new Bell(
                                scale.place(parameter, parameter.decode(prior.centre(axis))),
                                Math.min(1, width) * flat.width())))
                .orElse(flat);
    }

    /** The probability of each option of an unordered choice in the prior's kernel. */
    private double[] odds(int axis, Optional<Prior> belief) {
        int options = ((Choice) space.parameters().get(axis)).options().size();
        double[] odds = IntStream.range(0, options)
                .mapToDouble(option -> belief.map(prior -> Math.exp(prior.logRatio(axis, (option + 0.5) / options)))
                        .orElse(1.0))
                .toArray();
        double sum = Arrays.stream(odds).sum();
        return Arrays.stream(odds).map(odd -> odd / sum).toArray();
    }

    double[] places(Config config) {
        List<Value> values = space.values(config);
        double[] coordinates = new double[scales.size()];
        for (int axis = 0; axis < coordinates.length; axis++) {
            coordinates[axis] = place(axis, values.get(axis));
        }
        return coordinates;
    }

    Config config(double[] coordinates) {
        List<Value> values = new ArrayList<>(coordinates.length);
        for (int axis = 0; axis < coordinates.length; axis++) {
            values.add(value(axis, coordinates[axis]));
        }
        return space.config(values);
    }

    /** The place of the value that a place stands for. */
    double snapped(int axis, double place) {
        return place(axis, value(axis, place));
    }

    private Value value(int axis, double place) {
        Parameter parameter = space.parameters().get(axis);
        return scales.get(axis)
                .map(scale -> scale.value(parameter, place))
                .orElseGet(() -> ((Choice) parameter).options().get((int) place));
    }

    private double place(int axis, Value value) {
        Parameter parameter = space.parameters().get(axis);
        return scales.get(axis).map(scale -> scale.place(parameter, value)).orElseGet(() ->
                (double) ((Choice) parameter).index(value));
    }
}
