package dev.chiron.optimizers.gp;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.random.RandomGenerator;

/**
 * The process given data (Rasmussen and Williams 2006, algorithm 2.1): its mean and variance at any point, of the function
 * itself without the noise of a measurement.
 */
final class Regression {

    private static final double LEAST_VARIANCE = 1e-10;

    final Data data;
    final Kernel kernel;
    private final double[] noise;
    private final CholeskyDecomposition cholesky;
    private final double[][] upper; // L transposed
    private final double[] alpha; // K^-1 y

    Regression(Data data, Hyperparameters hyperparameters) {
        this.data = data;
        this.kernel = new Kernel(data.unordered, hyperparameters);
        this.noise = new double[data.size()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = hyperparameters.noise / data.repeats[i];
        }
        this.cholesky = decompose(covariance(), hyperparameters.scale);
        this.upper = cholesky.getLT().getData();
        this.alpha = cholesky.getSolver()
                .solve(new ArrayRealVector(data.values, false))
                .toArray();
    }

    private double[][] covariance() {
        int n = data.size();
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                k[i][j] = kernel.at(data.points[i], data.points[j]);
                k[j][i] = k[i][j];
            }
            k[i][i] = kernel.scale() + noise[i];
        }
        return k;
    }

    /** With as much added to the diagonal as rounding asks for. */
    private static CholeskyDecomposition decompose(double[][] k, double scale) {
        for (double jitter = 1e-10 * scale; ; jitter *= 10) {
            try {
                return new CholeskyDecomposition(new Array2DRowRealMatrix(k, false), 1e-12, 0);
            } catch (NonPositiveDefiniteMatrixException e) {
                if (jitter > scale) {
                    throw e;
                }
                for (int i = 0; i < k.length; i++) {
                    k[i][i] += jitter;
                }
            }
        }
    }

    double[] alpha() {
        return alpha.clone();
    }

    double[][] inverse() {
        DecompositionSolver solver = cholesky.getSolver();
        return solver.solve(MatrixUtils.createRealIdentityMatrix(data.size())).getData();
    }

    /** log |K|. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < upper.length; i++) {
            sum += 2 * StrictMath.log(upper[i][i]);
        }
        return sum;
    }

    /** The least mean at a point of the data: the incumbent's value without its noise. */
    double leastMean() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < noise.length; i++) {
            least = Math.min(least, data.values[i] - noise[i] * alpha[i]);
        }
        return least;
    }

    double mean(double[] point) {
        double mean = 0;
        for (int j = 0; j < alpha.length; j++) {
            mean += alpha[j] * kernel.at(point, data.points[j]);
        }
        return mean;
    }

    /** Means and standard deviations at many points at once: row 0 and row 1. */
    double[][] at(double[][] points) {
        double[] mean = new double[points.length];
        double[] variance = new double[points.length];
        double[][] v = explained(points, mean);
        for (double[] row : v) {
            for (int p = 0; p < row.length; p++) {
                variance[p] += row[p] * row[p];
            }
        }
        for (int p = 0; p < points.length; p++) {
            variance[p] = Math.sqrt(Math.max(LEAST_VARIANCE, kernel.scale() - variance[p]));
        }
        return new double[][] {mean, variance};
    }

    /** One function drawn from the process, at these points together. */
    double[] draw(double[][] points, RandomGenerator random) {
        double[] drawn = new double[points.length]; // the mean at first
        double[][] v = explained(points, drawn);
        double[][] covariance = new double[points.length][points.length];
        for (int p = 0; p < points.length; p++) {
            for (int q = 0; q < p; q++) {
                covariance[p][q] = kernel.at(points[p], points[q]);
            }
            covariance[p][p] = kernel.scale();
        }
        for (double[] row : v) {
            for (int p = 0; p < row.length; p++) {
                double factor = row[p];
                double[] to = covariance[p];
                for (int q = 0; q <= p; q++) {
                    to[q] -= factor * row[q];
                }
            }
        }
        for (int p = 0; p < points.length; p++) {
            covariance[p][p] = Math.max(covariance[p][p], LEAST_VARIANCE);
            for (int q = 0; q < p; q++) {
                covariance[q][p] = covariance[p][q];
            }
        }
        double[][] root = decompose(covariance, kernel.scale()).getLT().getData();
        for (int q = 0; q < points.length; q++) {
            double gaussian = random.nextGaussian();
            for (int p = q; p < points.length; p++) {
                drawn[p] += root[q][p] * gaussian;
            }
        }
        return drawn;
    }

    /** L^-1 k, one column a point; its squares are what the data explain of the variance. Adds the means. */
    private double[][] explained(double[][] points, double[] mean) {
        double[][] v = new double[data.size()][points.length];
        for (int j = 0; j < v.length; j++) {
            for (int p = 0; p < points.length; p++) {
                v[j][p] = kernel.at(points[p], data.points[j]);
                mean[p] += alpha[j] * v[j][p];
            }
        }
        for (int j = 0; j < v.length; j++) { // forward substitution, all points side by side
            double diagonal = upper[j][j];
            double[] vj = v[j];
            for (int p = 0; p < vj.length; p++) {
                vj[p] /= diagonal;
            }
            for (int i = j + 1; i < v.length; i++) {
                subtract(v[i], upper[j][i], vj);
            }
        }
        return v;
    }

    private static void subtract(double[] from, double factor, double[] what) {
        for (int p = 0; p < from.length; p++) {
            from[p] -= factor * what[p];
        }
    }

    /** Mean, standard deviation and their derivatives by the ordered coordinates, at one point. */
    Local local(double[] point) {
        int n = data.size();
        double[] v = new double[n];
        double mean = 0;
        for (int j = 0; j < n; j++) {
            v[j] = kernel.at(point, data.points[j]);
            mean += alpha[j] * v[j];
        }
        double explained = 0;
        for (int j = 0; j < n; j++) {
            v[j] /= upper[j][j];
            explained += v[j] * v[j];
            double[] row = upper[j];
            for (int i = j + 1; i < n; i++) {
                v[i] -= row[i] * v[j];
            }
        }
        for (int i = n - 1; i >= 0; i--) { // backward: v becomes K^-1 k
            double sum = v[i];
            for (int j = i + 1; j < n; j++) {
                sum -= upper[i][j] * v[j];
            }
            v[i] = sum / upper[i][i];
        }
        double deviation = Math.sqrt(Math.max(LEAST_VARIANCE, kernel.scale() - explained));
        double[] meanSlope = new double[point.length];
        double[] deviationSlope = new double[point.length];
        for (int j = 0; j < n; j++) {
            kernel.addGradient(point, data.points[j], alpha[j], meanSlope);
            kernel.addGradient(point, data.points[j], -v[j] / deviation, deviationSlope);
        }
        return new Local(mean, deviation, meanSlope, deviationSlope);
    }

    /** The process near a point. */
    static final class Local {
        final double mean;
        final double deviation;
        final double[] meanSlope;
        final double[] deviationSlope;

        Local(double mean, double deviation, double[] meanSlope, double[] deviationSlope) {
            this.mean = mean;
            this.deviation = deviation;
            this.meanSlope = meanSlope;
            this.deviationSlope = deviationSlope;
        }
    }
}
