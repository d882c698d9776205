package dev.chiron.evals.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.util.MathArrays;

/**
 * How widely points lie in the unit cube, after the analyses of ferreirafabio/autoresearch-automl; there by the linear scale and over all
 * seeds together.
 *
 * @param spread mean over coordinates of the standard deviation; NaN for a single point
 * @param pairwise mean distance of two points, of at most {@value #MOST} evenly chosen ones; NaN for a single point
 * @param toDefault mean distance to a given point
 * @param step mean distance from one point to the next; NaN for a single point
 * @param cells how many different ones of the cube's cells, {@value #BINS} a side, have a point
 */
record Traces(double spread, double pairwise, double toDefault, double step, double cells) {

    private static final int BINS = 5;
    private static final int MOST = 200;

    /**
     * The figures of points.
     *
     * @param points at least one, all of the same size
     */
    static Traces of(List<List<Double>> points, List<Double> standard) {
        double[][] all = points.stream().map(Traces::array).toArray(double[][]::new);
        double[] center = array(standard);
        double toDefault = 0;
        double step = 0;
        Set<List<Integer>> cells = new LinkedHashSet<>();
        for (int i = 0; i < all.length; i++) {
            toDefault += MathArrays.distance(all[i], center);
            step += i == 0 ? 0 : MathArrays.distance(all[i], all[i - 1]);
            cells.add(points.get(i).stream()
                    .map(coordinate -> (int) Math.min(BINS - 1, Math.max(0, Math.floor(coordinate * BINS))))
                    .toList());
        }
        return new Traces(
                all.length < 2 ? Double.NaN : spread(all),
                pairwise(all),
                toDefault / all.length,
                all.length < 2 ? Double.NaN : step / (all.length - 1),
                cells.size());
    }

    private static double[] array(List<Double> point) {
        return point.stream().mapToDouble(coordinate -> coordinate).toArray();
    }

    private static double spread(double[][] points) {
        double sum = 0;
        for (int i = 0; i < points[0].length; i++) {
            double[] column = new double[points.length];
            for (int j = 0; j < column.length; j++) {
                column[j] = points[j][i];
            }
            sum += Math.sqrt(StatUtils.populationVariance(column));
        }
        return sum / points[0].length;
    }

    private static double pairwise(double[][] points) {
        int stride = Math.max(1, (points.length + MOST - 1) / MOST);
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < points.length; i += stride) {
            for (int j = i + stride; j < points.length; j += stride) {
                sum += MathArrays.distance(points[i], points[j]);
                pairs++;
            }
        }
        return pairs == 0 ? Double.NaN : sum / pairs;
    }
}
