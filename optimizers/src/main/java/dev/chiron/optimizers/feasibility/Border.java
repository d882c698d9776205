package dev.chiron.optimizers.feasibility;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.DecompositionSolver;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * Bayesian logistic regression: the most probable weights by Newton's method, their covariance by Laplace's approximation, and
 * predictions averaged over it (MacKay 1992; Bishop, "Pattern Recognition and Machine Learning", 4.5).
 */
final class Border {

    private static final double WEIGHT = 8; // standard deviation of a weight before anything is known
    private static final int STEPS = 30;
    private static final double CONVERGED = 1e-6;

    private final RealVector weights;
    private final RealMatrix covariance;

    private Border(RealVector weights, RealMatrix covariance) {
        this.weights = weights;
        this.covariance = covariance;
    }

    static Border fit(List<double[]> features, List<Boolean> failed) {
        int n = features.get(0).length;
        RealVector weights = new ArrayRealVector(n);
        DecompositionSolver solver = solver(new double[n][n]);
        for (int step = 0; step < STEPS; step++) {
            double[] slope = weights.mapMultiply(1 / (WEIGHT * WEIGHT)).toArray();
            double[][] curvature = new double[n][n];
            double[] known = weights.toArray();
            for (int i = 0; i < features.size(); i++) {
                double[] x = features.get(i);
                double p = logistic(dot(known, x));
                double error = p - (failed.get(i) ? 1 : 0);
                double weight = Math.max(1e-12, p * (1 - p));
                for (int j = 0; j < n; j++) {
                    if (x[j] != 0) { // of a choice's options all but one add nothing
                        slope[j] += error * x[j];
                        double weighted = weight * x[j];
                        double[] row = curvature[j];
                        for (int k = 0; k <= j; k++) {
                            row[k] += weighted * x[k];
                        }
                    }
                }
            }
            solver = solver(curvature);
            RealVector change = solver.solve(new ArrayRealVector(slope, false));
            double length = change.getNorm();
            weights = weights.subtract(change.mapMultiply(Math.min(1, WEIGHT / Math.max(length, 1e-300))));
            if (length < CONVERGED) {
                break;
            }
        }
        return new Border(weights, solver.getInverse());
    }

    /** Of the posterior's curvature: the likelihood's lower triangle and the prior. */
    private static DecompositionSolver solver(double[][] curvature) {
        for (int j = 0; j < curvature.length; j++) {
            curvature[j][j] += 1 / (WEIGHT * WEIGHT);
            for (int k = 0; k < j; k++) {
                curvature[k][j] = curvature[j][k];
            }
        }
        return new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false), 1e-6, 1e-15).getSolver();
    }

    double probability(double[] x) {
        RealVector features = new ArrayRealVector(x, false);
        double variance = features.dotProduct(covariance.operate(features));
        return logistic(weights.dotProduct(features) / Math.sqrt(1 + Math.PI * variance / 8));
    }

    private static double dot(double[] weights, double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += weights[j] * x[j];
        }
        return sum;
    }

    private static double logistic(double t) {
        return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
    }
}
