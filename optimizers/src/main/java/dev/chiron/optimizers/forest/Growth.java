package dev.chiron.optimizers.forest;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * Grows a regression tree as SMAC does (splitter "random", Geurts et al. 2006, Extremely randomized trees): in each part one
 * random split a coordinate, of which the one that explains most of the variance is taken, until nothing is left to split.
 * Unordered choices are split into random subsets of the options present.
 */
final class Growth {

    /** Coinciding points could split for ever by rounding. */
    private static final int DEEPEST = 64;

    private final Table table;
    private final RandomGenerator random;
    private int[] rows = {};

    Growth(Table table, RandomGenerator random) {
        this.table = table;
        this.random = random;
    }

    /** A split and how much of the sum of squares it explains. */
    private record Candidate(int coordinate, double cut, BitSet subset, double explained) {}

    /** A tree of these rows, which may hold a row more than once. */
    Node tree(int[] sample) {
        rows = sample.clone();
        return grown(0, rows.length, 0);
    }

    private Node grown(int from, int to, int depth) {
        double sum = 0;
        double squares = 0;
        for (int k = from; k < to; k++) {
            sum += table.values[rows[k]];
        }
        double mean = sum / (to - from);
        for (int k = from; k < to; k++) {
            double residual = table.values[rows[k]] - mean;
            squares += residual * residual;
        }
        Node.Leaf leaf = new Node.Leaf(mean, squares / (to - from));
        if (squares == 0 || depth == DEEPEST) {
            return leaf;
        }
        Candidate best = new Candidate(-1, 0, new BitSet(), -1);
        for (int i = 0; i < table.options.length; i++) {
            Candidate candidate = table.options[i] > 0 ? subset(i, from, to, mean) : cut(i, from, to, mean);
            best = candidate.explained > best.explained ? candidate : best;
        }
        if (best.coordinate < 0) {
            return leaf;
        }
        int middle = partition(best, from, to);
        Node left = grown(from, middle, depth + 1);
        Node right = grown(middle, to, depth + 1);
        return table.options[best.coordinate] > 0
                ? new Node.Subset(best.coordinate, table.options[best.coordinate], best.subset, left, right)
                : new Node.Cut(best.coordinate, best.cut, left, right);
    }

    private Candidate cut(int i, int from, int to, double mean) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = from; k < to; k++) {
            double u = table.points[rows[k]][i];
            low = Math.min(low, u);
            high = Math.max(high, u);
        }
        if (low == high) {
            return new Candidate(i, 0, new BitSet(), -1);
        }
        double drawn = low + random.nextDouble() * (high - low);
        double cut = drawn < high ? drawn : low;
        double sum = 0;
        int count = 0;
        for (int k = from; k < to; k++) {
            if (table.points[rows[k]][i] <= cut) {
                sum += table.values[rows[k]] - mean;
                count++;
            }
        }
        return new Candidate(i, cut, new BitSet(), explained(sum, count, to - from));
    }

    private Candidate subset(int i, int from, int to, double mean) {
        int options = table.options[i];
        double[] sums = new double[options];
        int[] counts = new int[options];
        for (int k = from; k < to; k++) {
            int option = Table.option(table.points[rows[k]][i], options);
            sums[option] += table.values[rows[k]] - mean;
            counts[option]++;
        }
        BitSet subset = subset(counts);
        double sum = 0;
        int count = 0;
        for (int option = 0; option < options; option++) {
            sum += subset.get(option) ? sums[option] : 0;
            count += subset.get(option) ? counts[option] : 0;
        }
        return new Candidate(i, 0, subset, explained(sum, count, to - from));
    }

    /** Random, but neither empty nor full among the options present if there are two. */
    private BitSet subset(int[] counts) {
        int[] present = IntStream.range(0, counts.length)
                .filter(option -> counts[option] > 0)
                .toArray();
        BitSet subset = new BitSet(counts.length);
        for (int option = 0; option < counts.length; option++) {
            subset.set(option, random.nextBoolean());
        }
        int first = random.nextInt(present.length);
        int other = (first + 1 + random.nextInt(Math.max(1, present.length - 1))) % present.length;
        subset.clear(present[other]);
        subset.set(present[first]);
        return subset;
    }

    /** From the sum of the residuals on one side, whose negative is that on the other; negative if a side is empty. */
    private double explained(double sum, int count, int all) {
        int others = all - count;
        return count == 0 || others == 0 ? -1 : sum * sum / count + sum * sum / others;
    }

    private int partition(Candidate split, int from, int to) {
        int middle = from;
        for (int k = from; k < to; k++) {
            double u = table.points[rows[k]][split.coordinate];
            int options = table.options[split.coordinate];
            if (options > 0 ? split.subset.get(Table.option(u, options)) : u <= split.cut) {
                int row = rows[k];
                rows[k] = rows[middle];
                rows[middle++] = row;
            }
        }
        return middle;
    }
}
