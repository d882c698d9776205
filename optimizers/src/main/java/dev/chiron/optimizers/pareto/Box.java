package dev.chiron.optimizers.pareto;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The box that points lie in, so that objectives of different sizes count alike.
 *
 * @param best the smallest of each objective
 * @param worst the largest
 */
public record Box(List<Double> best, List<Double> worst) {

    /** By how much a reference point lies beyond the worst, as a share of the range. */
    public static final double BEYOND = 0.1;

    /** The box of these points, at least one. */
    public static Box of(List<double[]> points) {
        int objectives = points.get(0).length;
        return new Box(
                IntStream.range(0, objectives)
                        .mapToObj(k -> points.stream()
                                .mapToDouble(point -> point[k])
                                .min()
                                .orElseThrow())
                        .toList(),
                IntStream.range(0, objectives)
                        .mapToObj(k -> points.stream()
                                .mapToDouble(point -> point[k])
                                .max()
                                .orElseThrow())
                        .toList());
    }

    /** Where a point lies in the box: 0 is the best of an objective, 1 the worst; 0 in an objective without a range. */
    public double[] share(double[] point) {
        double[] share = new double[point.length];
        for (int k = 0; k < share.length; k++) {
            double range = worst.get(k) / 2 - best.get(k) / 2; // halves, since losses may be as large as numbers are
            share[k] = range > 0 ? (point[k] / 2 - best.get(k) / 2) / range : 0;
        }
        return share;
    }

    /** The reference point of shares: a tenth of the range beyond the worst. */
    public static double[] referenceOfShares(int objectives) {
        double[] reference = new double[objectives];
        Arrays.fill(reference, 1 + BEYOND);
        return reference;
    }
}
