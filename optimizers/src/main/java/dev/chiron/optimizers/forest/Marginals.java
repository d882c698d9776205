package dev.chiron.optimizers.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What a tree says of one coordinate when all others may be anything: exact, since a tree is a partition of the unit cube into
 * boxes (Hutter et al. 2014, equation 3).
 */
final class Marginals {

    private final int[] options;
    private final List<Box> boxes = new ArrayList<>();

    /** A leaf's box: its sides, by interval or by options, and its mean. */
    private static final class Box {
        final double[] low;
        final double[] high;
        final List<BitSet> subsets;
        final double mean;

        Box(double[] low, double[] high, List<BitSet> subsets, double mean) {
            this.low = low;
            this.high = high;
            this.subsets = subsets;
            this.mean = mean;
        }
    }

    /** @param options of each unordered choice how many it has, 0 for what has an order */
    Marginals(Node tree, int[] options) {
        this.options = options.clone();
        double[] low = new double[options.length];
        double[] high = new double[options.length];
        Arrays.fill(high, 1);
        List<BitSet> subsets = new ArrayList<>();
        for (int count : options) {
            BitSet all = new BitSet();
            all.set(0, count);
            subsets.add(all);
        }
        collect(tree, low, high, subsets);
    }

    private void collect(Node node, double[] low, double[] high, List<BitSet> subsets) {
        if (node instanceof Node.Leaf leaf) {
            boxes.add(new Box(low, high, subsets, leaf.mean()));
        } else if (node instanceof Node.Cut cut) {
            double at = Math.max(low[cut.coordinate()], Math.min(high[cut.coordinate()], cut.cut()));
            collect(cut.below(), low, with(high, cut.coordinate(), at), subsets);
            collect(cut.above(), with(low, cut.coordinate(), at), high, subsets);
        } else if (node instanceof Node.Subset split) {
            BitSet within = (BitSet) subsets.get(split.coordinate()).clone();
            within.and(split.subset());
            BitSet without = (BitSet) subsets.get(split.coordinate()).clone();
            without.andNot(split.subset());
            collect(split.within(), low, high, with(subsets, split.coordinate(), within));
            collect(split.without(), low, high, with(subsets, split.coordinate(), without));
        }
    }

    private static double[] with(double[] sides, int coordinate, double side) {
        double[] changed = sides.clone();
        changed[coordinate] = side;
        return changed;
    }

    private static List<BitSet> with(List<BitSet> sides, int coordinate, BitSet side) {
        List<BitSet> changed = new ArrayList<>(sides);
        changed.set(coordinate, side);
        return changed;
    }

    /** Of each coordinate the share of the tree's variance that it explains alone; empty for a tree that is flat. */
    Optional<double[]> shares() {
        double mean = 0;
        double squares = 0;
        for (Box box : boxes) {
            double volume = volume(box, -1);
            mean += volume * box.mean;
            squares += volume * box.mean * box.mean;
        }
        double variance = squares - mean * mean;
        if (!(variance > 1e-12)) { // values have variance 1
            return Optional.empty();
        }
        double[] shares = new double[options.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.max(0, Math.min(1, variance(i, mean) / variance));
        }
        return Optional.of(shares);
    }

    /** The volume of a box, without one of its sides; with all of them for -1. */
    private double volume(Box box, int without) {
        double volume = 1;
        for (int i = 0; i < options.length; i++) {
            if (i != without) {
                volume *= options[i] > 0
                        ? (double) box.subsets.get(i).cardinality() / options[i]
                        : box.high[i] - box.low[i];
            }
        }
        return volume;
    }

    /** The variance of the marginal of one coordinate, which is constant between the sides of boxes. */
    private double variance(int i, double mean) {
        double[] edges = options[i] > 0 ? options(i) : edges(i);
        double[] change = new double[edges.length];
        for (Box box : boxes) {
            double part = volume(box, i) * box.mean;
            if (options[i] > 0) {
                box.subsets.get(i).stream().forEach(option -> {
                    change[option] += part;
                    change[option + 1] -= part;
                });
            } else {
                change[Arrays.binarySearch(edges, box.low[i])] += part;
                change[Arrays.binarySearch(edges, box.high[i])] -= part;
            }
        }
        double variance = 0;
        double marginal = 0;
        for (int k = 0; k + 1 < edges.length; k++) {
            marginal += change[k];
            variance += (edges[k + 1] - edges[k]) * (marginal - mean) * (marginal - mean);
        }
        return variance;
    }

    private double[] options(int i) {
        double[] edges = new double[options[i] + 1];
        for (int k = 0; k < edges.length; k++) {
            edges[k] = (double) k / options[i];
        }
        return edges;
    }

    private double[] edges(int i) {
        return boxes.stream()
                .flatMapToDouble(box -> Arrays.stream(new double[] {box.low[i], box.high[i]}))
                .distinct()
                .sorted()
                .toArray();
    }
}
