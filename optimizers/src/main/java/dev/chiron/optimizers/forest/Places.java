package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where a forest is asked what it foretells. */
final class Places {

    private static final int POINTS = 21;
    private static final double WORST = 0.9;

    private Places() {}

    /** Coordinates over the range of a parameter, ascending; of a choice those of its options in their order. */
    static double[] of(Parameter parameter) {
        List<Double> grid = parameter.grid();
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options().stream().mapToDouble(choice::encode).toArray();
        }
        if (!grid.isEmpty() && grid.size() <= POINTS) {
            return grid.stream().mapToDouble(place -> place).toArray();
        }
        return IntStream.range(0, POINTS).mapToDouble(k -> k / (POINTS - 1.0)).toArray();
    }

    /** The losses, those worse than nine of ten as the tenth's, so that one that diverged does not hide the rest. */
    static double[] bounded(List<Case> cases) {
        double[] losses = cases.stream().mapToDouble(Case::loss).toArray();
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        double bound = sorted[(int) Math.round(WORST * (sorted.length - 1))];
        return Arrays.stream(losses).map(loss -> Math.min(bound, loss)).toArray();
    }
}
