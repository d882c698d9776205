package dev.chiron.optimizers.conformal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient boosting of one quantile (Friedman 2001, Greedy function approximation, algorithm 1 with the pinball loss): each tree is grown on the
 * loss's negative gradient, which is the quantile's level above the prediction and one less below it, and has in each leaf that quantile of
 * what is left there.
 */
final class Boosting {

    private static final double RATE = 0.1; // of each tree's values, as in scikit-learn

    private final double first;
    private final List<ShallowTree> trees = new ArrayList<>();

    /**
     * The boosted trees of a table.
     *
     * @param level of the quantile, in (0, 1)
     */
    Boosting(Table table, double level, int count) {
        this.first = quantile(table.values.clone(), level);
        double[] left = new double[table.size()];
        double[] gradient = new double[table.size()];
        for (int row = 0; row < left.length; row++) {
            left[row] = table.values[row] - first;
        }
        for (int k = 0; k < count; k++) {
            for (int row = 0; row < left.length; row++) {
                gradient[row] = left[row] > 0 ? level : level - 1;
            }
            ShallowTree tree = new ShallowTree(table, gradient);
            fill(tree, left, level);
            trees.add(tree);
            for (int row = 0; row < left.length; row++) {
                left[row] -= tree.at(row);
            }
        }
    }

    private static void fill(ShallowTree tree, double[] left, double level) {
        int[] leaves = tree.leaves();
        int[] counts = new int[ShallowTree.LEAVES];
        for (int leaf : leaves) {
            counts[leaf]++;
        }
        double[][] parts = new double[ShallowTree.LEAVES][];
        Arrays.setAll(parts, leaf -> new double[counts[leaf]]);
        for (int row = 0; row < left.length; row++) {
            parts[leaves[row]][--counts[leaves[row]]] = left[row];
        }
        for (int leaf = 0; leaf < parts.length; leaf++) {
            tree.value(leaf, parts[leaf].length == 0 ? 0 : RATE * quantile(parts[leaf], level));
        }
    }

    /** The least value that this share of the values does not exceed; sorts them. At least one value. */
    static double quantile(double[] values, double level) {
        Arrays.sort(values);
        int place = (int) Math.ceil(level * values.length) - 1;
        return values[Math.max(0, Math.min(values.length - 1, place))];
    }

    /** The quantile at a point. */
    double at(double[] point) {
        double sum = first;
        for (ShallowTree tree : trees) {
            sum += tree.at(point);
        }
        return sum;
    }
}
