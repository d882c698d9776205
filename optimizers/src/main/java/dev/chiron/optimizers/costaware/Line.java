package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.surrogate.Coordinates;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/** A number that is linear in every ordered coordinate: ridge regression, so that few points give a gentle slope. */
final class Line {

    /** A slope of about 2 deviations across a range before anything is known, and noise of .3 to .5 of one. */
    private static final double RIDGE = 0.05;

    private final int[] axes;
    private final double[] centre;
    private final double[] slopes;
    private final double mean;

    private Line(int[] axes, double[] centre, double[] slopes, double mean) {
        this.axes = axes;
        this.centre = centre;
        this.slopes = slopes;
        this.mean = mean;
    }

    static Line through(double[][] points, double[] values, Coordinates coordinates) {
        int[] axes = IntStream.range(0, coordinates.size())
                .filter(axis -> !coordinates.isUnordered(axis))
                .toArray();
        double[] centre = new double[axes.length];
        for (int j = 0; j < axes.length; j++) {
            int axis = axes[j];
            centre[j] = Arrays.stream(points)
                    .mapToDouble(point -> point[axis])
                    .average()
                    .orElse(0);
        }
        double mean = Arrays.stream(values).average().orElse(0);
        double[][] squares = new double[axes.length][axes.length];
        double[] products = new double[axes.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < axes.length; j++) {
                double x = points[i][axes[j]] - centre[j];
                products[j] += x * (values[i] - mean);
                for (int k = 0; k < axes.length; k++) {
                    squares[j][k] += x * (points[i][axes[k]] - centre[k]);
                }
            }
        }
        for (int j = 0; j < axes.length; j++) {
            squares[j][j] += RIDGE;
        }
        double[] slopes = axes.length == 0
                ? products
                : new CholeskyDecomposition(new Array2DRowRealMatrix(squares, false), 1e-9, 0)
                        .getSolver()
                        .solve(new ArrayRealVector(products, false))
                        .toArray();
        return new Line(axes, centre, slopes, mean);
    }

    double at(double[] point) {
        double value = mean;
        for (int j = 0; j < axes.length; j++) {
            value += slopes[j] * (point[axes[j]] - centre[j]);
        }
        return value;
    }
}
