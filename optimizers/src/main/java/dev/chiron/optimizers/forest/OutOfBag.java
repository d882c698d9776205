package dev.chiron.optimizers.forest;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** How well trees foretell the rows that they were not grown from (Breiman 2001). */
final class OutOfBag {

    private final Table table;
    private final double[] sums;
    private final int[] counts;

    OutOfBag(Table table) {
        this.table = table;
        this.sums = new double[table.size()];
        this.counts = new int[table.size()];
    }

    /** Counts a tree in. */
    void add(Node tree, int[] sample) {
        boolean[] seen = new boolean[table.size()];
        for (int row : sample) {
            seen[row] = true;
        }
        for (int row = 0; row < seen.length; row++) {
            if (!seen[row]) {
                sums[row] += tree.leaf(table.points[row]).mean();
                counts[row]++;
            }
        }
    }

    /** The share of the variance that is foretold, at most 1; empty where all values are alike. */
    OptionalDouble explained() {
        int[] foretold =
                IntStream.range(0, counts.length).filter(row -> counts[row] > 0).toArray();
        double mean = Arrays.stream(foretold)
                .mapToDouble(row -> table.values[row])
                .average()
                .orElse(0);
        double all = 0;
        double missed = 0;
        for (int row : foretold) {
            double error = table.values[row] - sums[row] / counts[row];
            all += (table.values[row] - mean) * (table.values[row] - mean);
            missed += error * error;
        }
        return all > 0 ? OptionalDouble.of(1 - missed / all) : OptionalDouble.empty();
    }
}
