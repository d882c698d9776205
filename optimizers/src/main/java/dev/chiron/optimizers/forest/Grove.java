package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trees to understand trials by, each grown from as many of them, drawn with repetition.
 *
 * @param marginals one a tree
 * @param explained how much of the values' variance the trees foretell of trials that they have not seen, at most 1
 */
record Grove(List<Marginals> marginals, double explained) {

    /** As many as Optuna's evaluator grows. */
    static final int TREES = 64;

    /** Makes the list unchangeable. */
    Grove {
        marginals = List.copyOf(marginals);
    }

    /** What the trees foretell on average where a coordinate is {@code u} and all others may be anything. */
    double marginal(int i, double u) {
        return marginals.stream()
                .mapToDouble(tree -> tree.marginal(i, u))
                .average()
                .orElseThrow();
    }

    /**
     * Grows them.
     *
     * @param values what is to be explained, one a case
     * @param trees how many
     * @param seed of all that is random
     */
    static Grove of(SearchSpace space, List<Case> cases, double[] values, int trees, long seed) {
        double[][] points =
                cases.stream().map(one -> space.encode(one.config())).toArray(double[][]::new);
        Table table = new Table(points, values, Table.options(space));
        SplitMix random = new SplitMix(seed);
        Growth growth = new Growth(table, random);
        OutOfBag unseen = new OutOfBag(table);
        List<Marginals> marginals = new ArrayList<>();
        for (int t = 0; t < trees; t++) {
            int[] sample = IntStream.range(0, table.size())
                    .map(k -> random.nextInt(table.size()))
                    .toArray();
            Node tree = growth.tree(sample);
            unseen.add(tree, sample);
            marginals.add(new Marginals(tree, table.options));
        }
        return new Grove(marginals, unseen.explained().orElse(0));
    }
}
