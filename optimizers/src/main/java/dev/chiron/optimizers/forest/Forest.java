package dev.chiron.optimizers.forest;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;

/** Regression trees, each of a bootstrap sample (Breiman 2001). */
final class Forest {

    /** The variance of values is 1; trees that agree are not certain. */
    private static final double LEAST_VARIANCE = 1e-6;

    private final List<Node> trees;

    /** A forest of these trees. */
    Forest(List<Node> trees) {
        this.trees = List.copyOf(trees);
    }

    /** A forest of so many trees. */
    static Forest grown(Table table, int trees, RandomGenerator random) {
        List<Node> grown = new ArrayList<>();
        Growth growth = new Growth(table, random);
        for (int t = 0; t < trees; t++) {
            int[] sample = new int[table.size()];
            for (int k = 0; k < sample.length; k++) {
                sample[k] = random.nextInt(sample.length);
            }
            grown.add(growth.tree(sample));
        }
        return new Forest(grown);
    }

    /**
     * Mean and standard deviation at a point: the trees' mean, and by the law of total variance the mean of the leaves'
     * variances and the variance of their means (Hutter et al. 2014, Algorithm runtime prediction).
     */
    double[] at(double[] point) {
        double sum = 0;
        double squares = 0;
        double within = 0;
        for (Node tree : trees) {
            Node.Leaf leaf = tree.leaf(point);
            sum += leaf.mean();
            squares += leaf.mean() * leaf.mean();
            within += leaf.variance();
        }
        double mean = sum / trees.size();
        double between = Math.max(0, squares / trees.size() - mean * mean);
        return new double[] {mean, Math.sqrt(Math.max(LEAST_VARIANCE, between + within / trees.size()))};
    }
}
