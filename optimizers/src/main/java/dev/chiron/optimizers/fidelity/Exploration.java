package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * How population based training moves a config that is taken over (Jaderberg et al. 2017, arXiv 1711.09846, as in syne-tune): each parameter is drawn anew with some probability, and else made a
 * fifth larger or smaller. Options without an order are always drawn anew; those with one move to a neighbour, and so does a number that a fifth does not
 * move.
 *
 * @param resample the probability with which a parameter is drawn anew, 0 to 1
 */
public record Exploration(SearchSpace space, double resample) {

    private static final double UP = 1.2;
    private static final double DOWN = 0.8;

    /** The moved config; it keeps the constraints, by repair, or is the config itself where that does not succeed. */
    public Config explored(Config config, RandomGenerator random) {
        Config moved = config;
        for (Parameter parameter : space.parameters()) {
            boolean anew = random.nextDouble() < resample;
            double drawn = random.nextDouble();
            boolean up = random.nextDouble() < 0.5;
            Optional<Value> value = moved.find(parameter.name()); // none where it is not active
            if (value.isPresent() && !parameter.isFixed()) {
                moved = space.with(
                        moved,
                        parameter.name(),
                        anew || isUnordered(parameter)
                                ? parameter.decode(drawn)
                                : stepped(parameter, inside(parameter, value.get()), up));
            }
        }
        return space.repair(moved).orElse(config);
    }

    private static boolean isUnordered(Parameter parameter) {
        return parameter instanceof Choice choice && !choice.ordered();
    }

    /** A value of a range that was narrowed since. */
    private static Value inside(Parameter parameter, Value value) {
        return parameter.problem(value).isEmpty() ? value : parameter.decode(Parameter.MIDDLE);
    }

    private static Value stepped(Parameter parameter, Value value, boolean up) {
        if (!(parameter instanceof Choice)) {
            Value factored = times(parameter, value, up ? UP : DOWN);
            if (!factored.equals(parameter.nearest(value))) {
                return factored;
            }
        }
        return neighbour(parameter, value, up);
    }

    private static Value times(Parameter parameter, Value value, double factor) {
        double number = value.asNumber().orElseThrow() * factor;
        double low = parameter.decode(0).asNumber().orElseThrow();
        double high = parameter.decode(1).asNumber().orElseThrow();
        double clipped = Math.min(high, Math.max(low, number));
        return parameter instanceof Parameter.Whole
                ? parameter.nearest(new Value.Whole(Math.round(clipped)))
                : parameter.nearest(new Value.Real(clipped));
    }

    /** The next on the grid, or the value itself at its end, or where there is no grid. */
    private static Value neighbour(Parameter parameter, Value value, boolean up) {
        List<Double> grid = parameter.grid();
        int here = Collections.binarySearch(grid, parameter.encode(parameter.nearest(value)));
        int next = here + (up ? 1 : -1);
        return here >= 0 && next >= 0 && next < grid.size() ? parameter.decode(grid.get(next)) : value;
    }
}
