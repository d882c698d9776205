package dev.chiron.optimizers.forest;

import java.util.BitSet;

/** A part of the unit cube, perhaps split in two. */
sealed interface Node {

    /** A part that is not split: mean and population variance of the values in it. */
    record Leaf(double mean, double variance) implements Node {}

    /** Split by the size of a coordinate: {@code below} has what is at most {@code cut}. */
    record Cut(int coordinate, double cut, Node below, Node above) implements Node {}

    /** Split by the option of an unordered choice: {@code within} has what is one of {@code subset}. */
    record Subset(int coordinate, int options, BitSet subset, Node within, Node without) implements Node {}

    /** The leaf that a point lies in. */
    default Leaf leaf(double[] point) {
        Node node = this;
        while (!(node instanceof Leaf)) {
            if (node instanceof Cut split) {
                node = point[split.coordinate] <= split.cut ? split.below : split.above;
            } else if (node instanceof Subset split) {
                int option = Table.option(point[split.coordinate], split.options);
                node = split.subset.get(option) ? split.within : split.without;
            }
        }
        return (Leaf) node;
    }
}
