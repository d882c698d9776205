package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much each parameter matters: the share of the variance of a random forest's prediction, over the whole space, that the
 * parameter explains by itself (fANOVA: Hutter, Hoos, Leyton-Brown 2014, An efficient approach for assessing hyperparameter
 * importance, ICML, algorithm 2).
 *
 * <p>Departs from the paper in that the forest sees losses as {@link RandomForest} does, as logarithms of ranks: one run of an
 * absurd loss does not decide, and differences among the best count most. Where a parameter is not active it rests at one value.
 * What is left to one is what parameters do only together, and noise.
 *
 * @param shares one a parameter, in the space's order
 * @param explained how much of the losses' variance the forest foretells of trials that it has not seen, at most 1 (out of
 *     bag, Breiman 2001); near or below 0 the shares say nothing
 * @param trials how many trials the forest was grown from
 */
public record Importance(List<Share> shares, double explained, int trials) {

    /** Of fewer trials nothing can be learnt. */
    private static final int LEAST = 10;

    /** Makes the list unchangeable. */
    public Importance {
        shares = List.copyOf(shares);
    }

    /**
     * A parameter's part.
     *
     * @param mean of the trees' shares, in [0, 1]
     * @param sd by which the trees differ
     */
    public record Share(String parameter, double mean, double sd) {}

    /** How many different trials it takes at least: ten, or twice as many as there are parameters that can be varied. */
    public static int needed(SearchSpace space) {
        long varied = space.parameters().stream()
                .filter(parameter -> !parameter.isFixed())
                .count();
        return Math.toIntExact(Math.max(LEAST, 2 * varied));
    }

    /**
     * The importance of each parameter.
     *
     * @param cases at least {@link #needed}, all of the space
     * @param seed of all that is random
     */
    public static Importance of(SearchSpace space, List<Case> cases, long seed) {
        if (cases.size() < needed(space)) {
            throw new IllegalArgumentException(cases.size() + " trials, but " + needed(space) + " are needed");
        }
        double[] losses = cases.stream().mapToDouble(Case::loss).toArray();
        Grove grove = Grove.of(space, cases, Ranks.standardised(losses), Grove.TREES, seed);
        List<double[]> shares = grove.marginals().stream()
                .flatMap(tree -> tree.shares().stream())
                .toList();
        List<Share> all = new ArrayList<>();
        for (int i = 0; i < space.size(); i++) {
            all.add(share(space.parameters().get(i).name(), i, shares));
        }
        return new Importance(all, grove.explained(), cases.size());
    }

    private static Share share(String parameter, int i, List<double[]> shares) {
        double mean = shares.stream().mapToDouble(tree -> tree[i]).average().orElse(0);
        OptionalDouble variance = shares.stream()
                .mapToDouble(tree -> (tree[i] - mean) * (tree[i] - mean))
                .average();
        return new Share(parameter, mean, Math.sqrt(variance.orElse(0)));
    }
}
