package dev.chiron.optimizers.grid;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where a grid tries each parameter. Every option of an unordered choice; of what has an order 2^level + 1 places from end to end,
 * as many as differ: three at first, and with each level those of the level before and what lies between them. A real number with
 * a prior has them at its quantiles.
 */
final class Places {

    private static final int FIRST_LEVEL = 1;
    private static final int LAST_LEVEL = 12;

    private final List<Parameter> parameters;
    private final Prior prior;
    private final int[] levels;
    private final double[][] places;

    /** Those of the coarsest grid. */
    Places(List<Parameter> parameters, Prior prior) {
        this.parameters = parameters;
        this.prior = prior;
        this.levels = new int[parameters.size()];
        Arrays.fill(levels, FIRST_LEVEL);
        this.places = IntStream.range(0, levels.length)
                .mapToObj(axis -> at(axis, FIRST_LEVEL))
                .toArray(double[][]::new);
    }

    /** A parameter's, ascending. */
    double[] of(int axis) {
        return places[axis];
    }

    /** How many each parameter has. */
    List<Integer> sizes() {
        return Arrays.stream(places).map(each -> each.length).toList();
    }

    /** Refines the parameter whose places lie furthest apart, and says which; empty if none can be. */
    OptionalInt refine() {
        List<Integer> coarsest =
                new ArrayList<>(IntStream.range(0, levels.length).boxed().toList());
        coarsest.sort((one, other) -> Integer.compare(levels[one], levels[other])); // stable: first by level
        for (int axis : coarsest) {
            for (int level = levels[axis] + 1; level <= LAST_LEVEL && isRefinable(axis); level++) {
                double[] finer = at(axis, level);
                if (finer.length > places[axis].length) {
                    levels[axis] = level;
                    places[axis] = finer;
                    return OptionalInt.of(axis);
                }
            }
        }
        return OptionalInt.empty();
    }

    private boolean isRefinable(int axis) {
        Parameter parameter = parameters.get(axis);
        boolean isComplete = !parameter.grid().isEmpty()
                && places[axis].length == parameter.grid().size();
        return !parameter.isFixed() && !isUnordered(parameter) && !isComplete;
    }

    private double[] at(int axis, int level) {
        Parameter parameter = parameters.get(axis);
        if (parameter.isFixed()) {
            return new double[] {Parameter.MIDDLE};
        }
        if (isUnordered(parameter) && parameter instanceof Choice choice) {
            return choice.options().stream().mapToDouble(choice::encode).toArray();
        }
        boolean isBelieved =
                parameter instanceof Parameter.Real && prior.width(axis).isPresent();
        int last = 1 << level;
        return IntStream.rangeClosed(0, last)
                .mapToDouble(k -> (double) k / last)
                .map(share -> isBelieved ? prior.place(axis, share) : share)
                .map(place -> parameter.encode(parameter.decode(place)))
                .distinct()
                .toArray();
    }

    private static boolean isUnordered(Parameter parameter) {
        return parameter instanceof Choice choice && !choice.ordered();
    }
}
