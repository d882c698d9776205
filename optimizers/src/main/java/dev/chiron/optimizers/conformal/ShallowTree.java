package dev.chiron.optimizers.conformal;

import java.util.Arrays;

/**
 * A regression tree of at most eight leaves: each part is split where that explains most of the squares, along a coordinate or between one option of
 * an unordered choice and all others. A part that is not split goes on as the lower half of itself.
 */
final class ShallowTree {

    static final int DEPTH = 3;
    private static final int PARTS = (1 << DEPTH) - 1; // of which split parts there are, in rows from the top
    static final int LEAVES = 1 << DEPTH;

    /** What rounding makes of no gain at all. */
    private static final double NO_GAIN = 1e-12;

    private final Table table;
    private final int[] axes = new int[PARTS]; // -1 where there is no split
    private final double[] cuts = new double[PARTS];
    private final int[] leaves; // of each row of the table
    private final double[] values = new double[LEAVES];

    /** The tree of these targets, one a row of the table; its leaves have no values yet. */
    ShallowTree(Table table, double[] targets) {
        this.table = table;
        Arrays.fill(axes, -1);
        this.leaves = new int[table.size()];
        for (int level = 0; level < DEPTH; level++) {
            split(level, targets);
        }
    }

    /** Splits all parts of a level, and brings each row to its half. */
    private void split(int level, double[] targets) {
        int parts = 1 << level;
        Sums all = new Sums(parts);
        for (int row = 0; row < leaves.length; row++) {
            all.add(leaves[row], targets[row]);
        }
        double[] most = new double[parts]; // what is explained by the best split so far, beside what needs no split
        for (int part = 0; part < parts; part++) {
            most[part] = all.sums[part] * all.sums[part] * table.shares[all.counts[part]] + NO_GAIN;
        }
        for (int axis = 0; axis < table.unordered.length; axis++) {
            if (table.unordered[axis]) {
                searchOptions(axis, targets, all, most);
            } else {
                searchCuts(axis, targets, all, most);
            }
        }
        for (int row = 0; row < leaves.length; row++) {
            int node = parts - 1 + leaves[row];
            leaves[row] = 2 * leaves[row] + (isAbove(node, table.points[row]) ? 1 : 0);
        }
    }

    /** Counts and sums of targets, by part. */
    private static final class Sums {
        final int[] counts;
        final double[] sums;

        Sums(int parts) {
            this.counts = new int[parts];
            this.sums = new double[parts];
        }

        void add(int part, double target) {
            counts[part]++;
            sums[part] += target;
        }
    }

    /** Looks between any two neighbours along a coordinate for a better split of each part. */
    private void searchCuts(int axis, double[] targets, Sums all, double[] most) {
        int[] rows = table.sorted[axis];
        double[] places = table.places[axis];
        Sums below = new Sums(most.length);
        double[] last = new double[most.length];
        Arrays.fill(last, Double.NaN);
        for (int k = 0; k < rows.length; k++) {
            int part = leaves[rows[k]];
            if (places[k] != last[part] && below.counts[part] > 0) {
                consider(axis, part, last[part] + (places[k] - last[part]) / 2, below, all, most);
            }
            below.add(part, targets[rows[k]]);
            last[part] = places[k];
        }
    }

    /** Looks at each option alone for a better split of each part. */
    private void searchOptions(int axis, double[] targets, Sums all, double[] most) {
        int[] rows = table.sorted[axis];
        double[] places = table.places[axis];
        int from = 0;
        while (from < rows.length) {
            Sums option = new Sums(most.length);
            int to = from;
            while (to < rows.length && places[to] == places[from]) {
                option.add(leaves[rows[to]], targets[rows[to]]);
                to++;
            }
            for (int part = 0; part < most.length; part++) {
                consider(axis, part, places[from], option, all, most);
            }
            from = to;
        }
    }

    private void consider(int axis, int part, double cut, Sums side, Sums all, double[] most) {
        int count = side.counts[part];
        int others = all.counts[part] - count;
        double sum = side.sums[part];
        double rest = all.sums[part] - sum;
        double explained = sum * sum * table.shares[count] + rest * rest * table.shares[others];
        if (explained > most[part] && count > 0 && others > 0) {
            most[part] = explained;
            axes[most.length - 1 + part] = axis;
            cuts[most.length - 1 + part] = cut;
        }
    }

    private boolean isAbove(int node, double[] point) {
        int axis = axes[node];
        if (axis < 0) {
            return false;
        }
        return table.unordered[axis] ? point[axis] == cuts[node] : point[axis] > cuts[node];
    }

    /** The leaf that each row of its table lies in. */
    int[] leaves() {
        return leaves;
    }

    /** Gives a leaf its value. */
    void value(int leaf, double value) {
        values[leaf] = value;
    }

    /** The value of the leaf that a row of its table lies in. */
    double at(int row) {
        return values[leaves[row]];
    }

    /** The value of the leaf that a point lies in. */
    double at(double[] point) {
        int leaf = 0;
        for (int level = 0; level < DEPTH; level++) {
            leaf = 2 * leaf + (isAbove((1 << level) - 1 + leaf, point) ? 1 : 0);
        }
        return values[leaf];
    }
}
