package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Arrays;

/** Points of the unit cube and what is known or believed of each. */
final class Table {

    final double[][] points; // one row a point
    final double[] values; // smaller is better
    final int[] options; // of unordered choices their number, 0 elsewhere

    Table(double[][] points, double[] values, int[] options) {
        this.points = points;
        this.values = values;
        this.options = options;
    }

    int size() {
        return points.length;
    }

    /** Of each unordered choice the number of its options, 0 for what has an order. */
    static int[] options(SearchSpace space) {
        int[] options = new int[space.size()];
        for (int i = 0; i < options.length; i++) {
            Parameter parameter = space.parameters().get(i);
            options[i] = parameter instanceof Choice choice && !choice.ordered()
                    ? choice.options().size()
                    : 0;
        }
        return options;
    }

    /** The option of an unordered choice that a point's coordinate stands for. */
    static int option(double u, int options) {
        return Math.min(options - 1, (int) (u * options));
    }

    /** With more points. */
    Table with(double[][] morePoints, double[] moreValues) {
        double[][] allPoints = Arrays.copyOf(points, size() + morePoints.length);
        double[] allValues = Arrays.copyOf(values, allPoints.length);
        System.arraycopy(morePoints, 0, allPoints, size(), morePoints.length);
        System.arraycopy(moreValues, 0, allValues, size(), moreValues.length);
        return new Table(allPoints, allValues, options);
    }
}
