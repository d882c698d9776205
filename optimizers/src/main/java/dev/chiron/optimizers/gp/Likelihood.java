package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.gp.Descent.Minimum;
import dev.chiron.optimizers.gp.Descent.Slope;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * The hyperparameters' posterior given data, and its maximum: the log marginal likelihood (Rasmussen and Williams 2006, eq.
 * 5.8 and 5.9) plus the priors of Optuna's GPSampler, without their Jacobians as there: weights exp(-0.1 / w - 0.1 w), scale
 * Gamma(2, 1), noise Gamma(1.1, 30).
 */
final class Likelihood {

    private static final int STEPS = 30;
    private static final double TOLERANCE = 1e-3;
    private static final double LEAST_LOG = -10;
    private static final double MOST_LOG = 10;

    private final Data data;

    Likelihood(Data data) {
        this.data = data;
    }

    /** The most probable hyperparameters' logarithms that the climbs from these starts find. */
    double[] fit(List<double[]> starts) {
        int dimension = starts.get(0).length;
        double[] low = new double[dimension];
        double[] high = new double[dimension];
        Arrays.fill(low, LEAST_LOG);
        Arrays.fill(high, MOST_LOG);
        low[dimension - 1] = 2 * LEAST_LOG;
        Minimum best = new Minimum(starts.get(0), Double.POSITIVE_INFINITY);
        for (double[] start : starts) {
            Minimum minimum = new Descent(low, high, STEPS, TOLERANCE).minimise(start, this::at);
            if (minimum.value < best.value) {
                best = minimum;
            }
        }
        return best.point;
    }

    /** The negative log posterior density, up to a constant, and its derivatives by the logarithms. */
    Slope at(double[] logs) {
        Hyperparameters h = Hyperparameters.ofLogs(logs);
        try {
            Regression regression = new Regression(data, h);
            double[] gradient = gradient(regression, h);
            return new Slope(value(regression) + prior(h, gradient), gradient);
        } catch (NonPositiveDefiniteMatrixException e) { // rounding: no place to be
            return new Slope(Double.POSITIVE_INFINITY, new double[logs.length]);
        }
    }

    private double value(Regression regression) {
        double[] alpha = regression.alpha();
        double fit = 0;
        for (int i = 0; i < alpha.length; i++) {
            fit += data.values[i] * alpha[i];
        }
        return 0.5 * fit + 0.5 * regression.logDeterminant();
    }

    /** Half the trace of (K^-1 - alpha alpha^T) dK, for each logarithm. */
    private double[] gradient(Regression regression, Hyperparameters h) {
        int d = h.weights.length;
        double[][] inverse = regression.inverse();
        double[] alpha = regression.alpha();
        double[] gradient = new double[d + 2];
        double noise = h.noise - Hyperparameters.LEAST_NOISE;
        for (int i = 0; i < alpha.length; i++) {
            double[] a = data.points[i];
            double diagonal = inverse[i][i] - alpha[i] * alpha[i];
            gradient[d] += 0.5 * diagonal * h.scale;
            gradient[d + 1] += 0.5 * diagonal * noise / data.repeats[i];
            for (int j = 0; j < i; j++) { // twice, since K is symmetric
                double[] b = data.points[j];
                double factor = (inverse[i][j] - alpha[i] * alpha[j]) * h.scale;
                double squared = regression.kernel.squaredDistance(a, b);
                gradient[d] += factor * Kernel.shape(squared);
                double slope = factor * Kernel.slope(squared);
                for (int c = 0; c < d; c++) {
                    gradient[c] += slope * h.weights[c] * regression.kernel.squaredDifference(c, a, b);
                }
            }
        }
        return gradient;
    }

    /** The priors' share; adds its derivatives. */
    private static double prior(Hyperparameters h, double[] gradient) {
        int d = h.weights.length;
        double value = h.scale - StrictMath.log(h.scale) + 30 * h.noise - 0.1 * StrictMath.log(h.noise);
        for (int c = 0; c < d; c++) {
            double w = h.weights[c];
            value += 0.1 / w + 0.1 * w;
            gradient[c] += 0.1 * w - 0.1 / w;
        }
        gradient[d] += h.scale - 1;
        gradient[d + 1] += (30 - 0.1 / h.noise) * (h.noise - Hyperparameters.LEAST_NOISE);
        return value;
    }
}
