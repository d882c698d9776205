package dev.chiron.evals.surrogate;

import dev.chiron.evals.surrogate.Kriging.Scales;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Length scales, amplitude and noise by the largest posterior density: the marginal likelihood (Rasmussen and Williams, eq.
 * 5.8 and 5.9) with a wide log-normal prior on the length scales, climbed by Adam (arXiv 1412.6980) in logarithms.
 */
public final class ScaleFit {

    private static final int STEPS = 60;
    private static final double RATE = 0.1;
    private static final double PRIOR_MEAN = 0.5; // of a length scale's logarithm
    private static final double PRIOR_DEVIATION = 1.5;

    private final double[][] features;
    private final double[] values;
    private final int dimension;

    private ScaleFit(double[][] features, double[] values) {
        double centre = Arrays.stream(values).average().orElse(0);
        this.features = features;
        this.values = Arrays.stream(values).map(value -> value - centre).toArray();
        this.dimension = features[0].length;
    }

    /** The scales for these values; takes n^3 time, so a few hundred of them. */
    public static Scales of(double[][] features, double[] values) {
        return new ScaleFit(features, values).climb();
    }

    private Scales climb() {
        double[] theta = new double[dimension + 2];
        Arrays.fill(theta, 0.3);
        theta[dimension] = 0;
        theta[dimension + 1] = Math.log(0.1);
        double[] first = new double[theta.length];
        double[] second = new double[theta.length];
        for (int step = 1; step <= STEPS; step++) {
            double[] slope = slope(theta);
            for (int j = 0; j < theta.length; j++) {
                first[j] = 0.9 * first[j] + 0.1 * slope[j];
                second[j] = 0.99 * second[j] + 0.01 * slope[j] * slope[j];
                double mean = first[j] / (1 - Math.pow(0.9, step));
                double size = Math.sqrt(second[j] / (1 - Math.pow(0.99, step))) + 1e-8;
                theta[j] -= RATE * mean / size;
            }
        }
        return scales(theta);
    }

    private Scales scales(double[] theta) {
        double[] lengths = new double[dimension];
        for (int j = 0; j < dimension; j++) {
            lengths[j] = Math.exp(theta[j]);
        }
        return new Scales(lengths, Math.exp(theta[dimension]), Math.exp(theta[dimension + 1]));
    }

    /** The gradient of the negative logarithm of the posterior density. */
    private double[] slope(double[] theta) {
        Scales scales = scales(theta);
        int n = values.length;
        double[][] points = Arrays.stream(features).map(scales::scaled).toArray(double[][]::new);
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                covariance[i][k] = scales.covariance(points[i], points[k]);
                covariance[k][i] = covariance[i][k];
            }
        }
        double noise = scales.noise() * scales.noise();
        double[][] noisy = Arrays.stream(covariance).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < n; i++) {
            noisy[i][i] += noise + 1e-10;
        }
        RealMatrix inverse = new CholeskyDecomposition(new Array2DRowRealMatrix(noisy, false), 1e-6, 1e-15)
                .getSolver()
                .getInverse();
        double[] alpha = inverse.operate(values);
        double[] slope = new double[theta.length];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double m = (i == k ? 1 : 2) * (inverse.getEntry(i, k) - alpha[i] * alpha[k]);
                lengths(slope, m, points[i], points[k], scales.amplitude());
                slope[dimension] += m * covariance[i][k];
            }
            slope[dimension + 1] += noise * (inverse.getEntry(i, i) - alpha[i] * alpha[i]);
        }
        for (int j = 0; j < dimension; j++) {
            slope[j] += (theta[j] - PRIOR_MEAN) / (PRIOR_DEVIATION * PRIOR_DEVIATION);
        }
        return slope;
    }

    private void lengths(double[] slope, double m, double[] a, double[] b, double amplitude) {
        double squares = 0;
        for (int j = 0; j < dimension; j++) {
            squares += (a[j] - b[j]) * (a[j] - b[j]);
        }
        double s = Math.sqrt(5 * squares);
        double factor = 0.5 * m * amplitude * amplitude * 5 / 3 * (1 + s) * Math.exp(-s);
        for (int j = 0; j < dimension; j++) {
            slope[j] += factor * (a[j] - b[j]) * (a[j] - b[j]);
        }
    }
}
