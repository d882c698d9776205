package dev.chiron.evals.surrogate;

import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * The mean of a Gaussian process with a Matérn 5/2 kernel, one length scale a feature (Rasmussen and Williams, eq. 4.17 and
 * algorithm 2.1).
 */
public final class Kriging {

    private static final double SQRT5 = Math.sqrt(5);

    private final Scales scales;
    private final double centre;
    private final double[][] points;
    private final double[] weights;

    private Kriging(Scales scales, double centre, double[][] points, double[] weights) {
        this.scales = scales;
        this.centre = centre;
        this.points = points;
        this.weights = weights;
    }

    /** What a kernel is made of. */
    public static final class Scales {
        private final double[] lengths;
        private final double amplitude;
        private final double noise;

        /**
         * Scales.
         *
         * @param lengths one a feature
         * @param amplitude standard deviation of the function
         * @param noise standard deviation of one measurement
         */
        Scales(double[] lengths, double amplitude, double noise) {
            this.lengths = lengths.clone();
            this.amplitude = amplitude;
            this.noise = noise;
        }

        double amplitude() {
            return amplitude;
        }

        public double noise() {
            return noise;
        }

        /** The covariance of two points of scaled features. */
        double covariance(double[] a, double[] b) {
            double squares = 0;
            for (int j = 0; j < a.length; j++) {
                squares += (a[j] - b[j]) * (a[j] - b[j]);
            }
            double s = SQRT5 * Math.sqrt(squares);
            return amplitude * amplitude * (1 + s + s * s / 3) * Math.exp(-s);
        }

        /** The features divided by their length scales. */
        double[] scaled(double[] features) {
            double[] scaled = new double[features.length];
            for (int j = 0; j < scaled.length; j++) {
                scaled[j] = features[j] / lengths[j];
            }
            return scaled;
        }
    }

    /**
     * The process given values at points.
     *
     * @param repeats how many measurements each value is the mean of
     */
    public static Kriging fit(Scales scales, double[][] features, double[] values, int[] repeats) {
        int n = values.length;
        double centre = Arrays.stream(values).average().orElse(0);
        double[][] points = Arrays.stream(features).map(scales::scaled).toArray(double[][]::new);
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                covariance[i][k] = scales.covariance(points[i], points[k]);
                covariance[k][i] = covariance[i][k];
            }
            covariance[i][i] += scales.noise() * scales.noise() / repeats[i] + 1e-10;
        }
        double[] deviations = Arrays.stream(values).map(value -> value - centre).toArray();
        double[] weights = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance, false), 1e-6, 1e-15)
                .getSolver()
                .solve(new ArrayRealVector(deviations, false))
                .toArray();
        return new Kriging(scales, centre, points, weights);
    }

    /** The mean there. */
    public double mean(double[] features) {
        double[] point = scales.scaled(features);
        double mean = centre;
        for (int i = 0; i < weights.length; i++) {
            mean += weights[i] * scales.covariance(points[i], point);
        }
        return mean;
    }
}
