package dev.chiron.optimizers.conformal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Points of the unit cube, the value of each, and the order of the points along each coordinate. */
final class Table {

    final double[][] points; // one row a point
    final double[] values;
    final boolean[] unordered; // which coordinates are unordered choices
    final int[][] sorted; // for each coordinate the rows, ascending
    final double[][] places; // and where they lie
    final double[] shares; // one over so many rows; 0 for none

    Table(double[][] points, double[] values, boolean[] unordered) {
        this.points = points;
        this.values = values;
        this.unordered = unordered;
        this.sorted = new int[unordered.length][];
        this.places = new double[unordered.length][];
        this.shares = new double[points.length + 1];
        for (int rows = 1; rows < shares.length; rows++) {
            shares[rows] = 1.0 / rows;
        }
        for (int axis = 0; axis < sorted.length; axis++) {
            int i = axis;
            sorted[axis] = IntStream.range(0, points.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(row -> points[row][i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            places[axis] = Arrays.stream(sorted[axis])
                    .mapToDouble(row -> points[row][i])
                    .toArray();
        }
    }

    int size() {
        return points.length;
    }

    /** Some of its rows. */
    Table only(int[] rows) {
        double[][] somePoints = new double[rows.length][];
        double[] someValues = new double[rows.length];
        for (int k = 0; k < rows.length; k++) {
            somePoints[k] = points[rows[k]];
            someValues[k] = values[rows[k]];
        }
        return new Table(somePoints, someValues, unordered);
    }
}
