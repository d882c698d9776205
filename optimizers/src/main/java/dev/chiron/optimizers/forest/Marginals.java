package dev.chiron.optimizers.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a tree says of one coordinate when all others may be anything: exact, since a tree is a partition of the unit cube into
 * boxes (Hutter et al. 2014, equation 3).
 */
final class Marginals {

    private static final int NONE = -1;
    private static final double FLAT = 1e-12; // of values of variance 1 or about that

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
        double mean = mean();
        double variance = variance(mean);
        if (!(variance > FLAT)) {
            return Optional.empty();
        }
        double[] shares = new double[options.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.max(0, Math.min(1, variance(i, mean) / variance));
        }
        return Optional.of(shares);
    }

    /**
     * The share of the tree's variance that two coordinates explain only together: what is left of their common marginal's without that of
     * each (Hutter et al. 2014, equation 9); empty for a tree that is flat.
     */
    OptionalDouble together(int i, int j) {
        double mean = mean();
        double variance = variance(mean);
        if (!(variance > FLAT)) {
            return OptionalDouble.empty();
        }
        double own = variance(i, mean) + variance(j, mean);
        return OptionalDouble.of(Math.max(0, (variance(i, j, mean) - own) / variance));
    }

    /** The marginal of one coordinate: the tree's mean where that coordinate is {@code u} and all others may be anything. */
    double marginal(int i, double u) {
        double marginal = 0;
        for (Box box : boxes) {
            marginal += isInside(box, i, u) ? volume(box, i, NONE) * box.mean : 0;
        }
        return marginal;
    }

    /**
     * Adds the common marginal of two coordinates at each crossing of these places.
     *
     * @param sums one row a place of the first
     */
    void add(double[][] sums, int i, double[] us, int j, double[] vs) {
        for (Box box : boxes) {
            double part = volume(box, i, j) * box.mean;
            for (int k = 0; k < us.length; k++) {
                for (int l = 0; l < vs.length && isInside(box, i, us[k]); l++) {
                    sums[k][l] += isInside(box, j, vs[l]) ? part : 0;
                }
            }
        }
    }

    private boolean isInside(Box box, int i, double u) {
        return options[i] > 0
                ? box.subsets.get(i).get(Table.option(u, options[i]))
                : (u > box.low[i] || (u == 0 && box.low[i] == 0)) && u <= box.high[i];
    }

    private double mean() {
        double mean = 0;
        for (Box box : boxes) {
            mean += volume(box, NONE, NONE) * box.mean;
        }
        return mean;
    }

    private double variance(double mean) {
        double squares = 0;
        for (Box box : boxes) {
            squares += volume(box, NONE, NONE) * box.mean * box.mean;
        }
        return squares - mean * mean;
    }

    /** The volume of a box, without two of its sides. */
    private double volume(Box box, int without, int other) {
        double volume = 1;
        for (int i = 0; i < options.length; i++) {
            if (i != without && i != other) {
                volume *= options[i] > 0
                        ? (double) box.subsets.get(i).cardinality() / options[i]
                        : box.high[i] - box.low[i];
            }
        }
        return volume;
    }

    /** The variance of the marginal of one coordinate, which is constant between the sides of boxes. */
    private double variance(int i, double mean) {
        double[] edges = sides(i);
        double[] change = new double[edges.length];
        for (Box box : boxes) {
            double part = volume(box, i, NONE) * box.mean;
            for (int[] reach : reaches(box, i, edges)) {
                change[reach[0]] += part;
                change[reach[1]] -= part;
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

    /** The variance of the common marginal of two coordinates, which is constant within the cells between the sides of boxes. */
    private double variance(int i, int j, double mean) {
        double[] edges = sides(i);
        double[] others = sides(j);
        double[][] change = new double[edges.length][others.length];
        for (Box box : boxes) {
            double part = volume(box, i, j) * box.mean;
            for (int[] reach : reaches(box, i, edges)) {
                for (int[] across : reaches(box, j, others)) {
                    change[reach[0]][across[0]] += part;
                    change[reach[0]][across[1]] -= part;
                    change[reach[1]][across[0]] -= part;
                    change[reach[1]][across[1]] += part;
                }
            }
        }
        double variance = 0;
        double[] above = new double[others.length];
        for (int k = 0; k + 1 < edges.length; k++) {
            double marginal = 0;
            for (int l = 0; l + 1 < others.length; l++) {
                above[l] += change[k][l];
                marginal += above[l];
                variance += (edges[k + 1] - edges[k]) * (others[l + 1] - others[l]) * Math.pow(marginal - mean, 2);
            }
        }
        return variance;
    }

    /** From which edge to which a box reaches in a coordinate; options are reached one by one. */
    private List<int[]> reaches(Box box, int i, double[] edges) {
        return options[i] > 0
                ? box.subsets.get(i).stream()
                        .mapToObj(option -> new int[] {option, option + 1})
                        .toList()
                : List.of(new int[] {Arrays.binarySearch(edges, box.low[i]), Arrays.binarySearch(edges, box.high[i])});
    }

    private double[] sides(int i) {
        return options[i] > 0 ? options(i) : edges(i);
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
