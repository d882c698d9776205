package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

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

    /** As many as Optuna's evaluator grows. */
    private static final int TREES = 64;

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

    /** A config and the loss measured of it, finite; small is good. */
    public record Case(Config config, double loss) {}

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
        double[][] points =
                cases.stream().map(one -> space.encode(one.config())).toArray(double[][]::new);
        Table table = new Table(points, Ranks.standardised(losses), Table.options(space));
        SplitMix random = new SplitMix(seed);
        Growth growth = new Growth(table, random);
        OutOfBag unseen = new OutOfBag(table);
        List<double[]> shares = new ArrayList<>();
        for (int t = 0; t < TREES; t++) {
            int[] sample = IntStream.range(0, table.size())
                    .map(k -> random.nextInt(table.size()))
                    .toArray();
            Node tree = growth.tree(sample);
            unseen.add(tree, sample);
            new Marginals(tree, table.options).shares().ifPresent(shares::add);
        }
        List<Share> all = new ArrayList<>();
        for (int i = 0; i < space.size(); i++) {
            all.add(share(space.parameters().get(i).name(), i, shares));
        }
        return new Importance(all, unseen.explained().orElse(0), cases.size());
    }

    private static Share share(String parameter, int i, List<double[]> shares) {
        double mean = shares.stream().mapToDouble(tree -> tree[i]).average().orElse(0);
        OptionalDouble variance = shares.stream()
                .mapToDouble(tree -> (tree[i] - mean) * (tree[i] - mean))
                .average();
        return new Share(parameter, mean, Math.sqrt(variance.orElse(0)));
    }
}
