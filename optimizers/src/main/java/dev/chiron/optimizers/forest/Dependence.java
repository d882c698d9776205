package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a parameter does to the loss, all others being anything: the marginal of a random forest over the whole space (partial dependence,
 * Friedman 2001; with uniform others, as in fANOVA).
 *
 * <p>Losses worse than nine of ten count as the tenth's, so that one that diverged does not hide the rest.
 *
 * @param choice whether its values are options, and not numbers of a range
 * @param points over the range, ascending; of a choice its options in their order
 */
public record Dependence(String parameter, boolean choice, List<Point> points) {

    private static final int POINTS = 21;
    private static final double TAIL = 0.05;
    private static final double WORST = 0.9;

    /** Makes the list unchangeable. */
    public Dependence {
        points = List.copyOf(points);
    }

    /**
     * A value, and the loss that is expected there.
     *
     * @param low with {@code high} the interval that nine of ten trees lie in, each grown from another sample of the trials
     */
    public record Point(Value value, double loss, double low, double high) {}

    /** Where the least loss is expected. */
    public Point best() {
        return points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow();
    }

    /** Where the greatest loss is expected. */
    public Point worst() {
        return points.stream().max(Comparator.comparingDouble(Point::loss)).orElseThrow();
    }

    /**
     * One a parameter that can be varied, in the space's order.
     *
     * @param cases at least one, all of the space
     * @param seed of all that is random
     */
    public static List<Dependence> of(SearchSpace space, List<Case> cases, long seed) {
        double[] losses = cases.stream().mapToDouble(Case::loss).toArray();
        double[] sorted = losses.clone();
        Arrays.sort(sorted);
        double bound = sorted[(int) Math.round(WORST * (sorted.length - 1))];
        double[] values =
                Arrays.stream(losses).map(loss -> Math.min(bound, loss)).toArray();
        Grove grove = Grove.of(space, cases, values, seed);
        List<Dependence> all = new ArrayList<>();
        for (int i = 0; i < space.size(); i++) {
            Parameter parameter = space.parameters().get(i);
            if (!parameter.isFixed()) {
                all.add(of(parameter, i, grove));
            }
        }
        return all;
    }

    private static Dependence of(Parameter parameter, int i, Grove grove) {
        List<Point> points = new ArrayList<>();
        for (double place : places(parameter)) {
            double[] trees = grove.marginals().stream()
                    .mapToDouble(tree -> tree.marginal(i, place))
                    .sorted()
                    .toArray();
            points.add(new Point(
                    parameter.decode(place),
                    Arrays.stream(trees).average().orElseThrow(),
                    trees[(int) Math.round(TAIL * (trees.length - 1))],
                    trees[(int) Math.round((1 - TAIL) * (trees.length - 1))]));
        }
        return new Dependence(parameter.name(), parameter instanceof Parameter.Choice, points);
    }

    private static double[] places(Parameter parameter) {
        List<Double> grid = parameter.grid();
        if (parameter instanceof Parameter.Choice choice) {
            return choice.options().stream().mapToDouble(choice::encode).toArray();
        }
        if (!grid.isEmpty() && grid.size() <= POINTS) {
            return grid.stream().mapToDouble(place -> place).toArray();
        }
        return IntStream.range(0, POINTS).mapToDouble(k -> k / (POINTS - 1.0)).toArray();
    }
}
