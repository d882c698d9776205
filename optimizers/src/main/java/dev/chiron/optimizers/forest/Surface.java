package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What two parameters do to the loss together, all others being anything: the common marginal of a random forest over the whole space
 * (partial dependence of two, Friedman 2001), with the same bound on losses as {@link Dependence}.
 *
 * @param firsts the places in the first parameter
 * @param seconds those in the second
 * @param losses the loss expected where they cross: one row a place of the first
 */
public record Surface(List<Value> firsts, List<Value> seconds, List<List<Double>> losses) {

    /** Makes the lists unchangeable. */
    public Surface {
        firsts = List.copyOf(firsts);
        seconds = List.copyOf(seconds);
        losses = List.copyOf(losses);
    }

    /**
     * Grows a forest, and asks it.
     *
     * @param first the place of a parameter in the space
     * @param second that of another
     * @param cases at least one, all of the space
     * @param seed of all that is random
     */
    public static Surface of(SearchSpace space, int first, int second, List<Case> cases, long seed) {
        Grove grove = Grove.of(space, cases, Places.bounded(cases), Grove.TREES, seed);
        Parameter one = space.parameters().get(first);
        Parameter other = space.parameters().get(second);
        double[] us = Places.of(one);
        double[] vs = Places.of(other);
        double[][] sums = new double[us.length][vs.length];
        grove.marginals().forEach(tree -> tree.add(sums, first, us, second, vs));
        List<List<Double>> losses = new ArrayList<>();
        for (double[] row : sums) {
            losses.add(Arrays.stream(row)
                    .map(sum -> sum / grove.marginals().size())
                    .boxed()
                    .toList());
        }
        return new Surface(values(one, us), values(other, vs), losses);
    }

    private static List<Value> values(Parameter parameter, double[] places) {
        return Arrays.stream(places).mapToObj(parameter::decode).toList();
    }
}
