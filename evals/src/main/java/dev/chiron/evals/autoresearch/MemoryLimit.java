package dev.chiron.evals.autoresearch;

import dev.chiron.evals.surrogate.Recorded;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Which configs run out of memory: logistic regression on {@link Features#ofMemory}, fitted by Newton's method. */
final class MemoryLimit {

    private static final double RIDGE = 1e-3; // the classes are almost separable, so the weights need an end
    private static final int STEPS = 50;

    private final double[] means;
    private final double[] deviations;
    private final RealVector weights;

    private MemoryLimit(double[] means, double[] deviations, RealVector weights) {
        this.means = means;
        this.deviations = deviations;
        this.weights = weights;
    }

    static MemoryLimit fit(List<Recorded> trials) {
        double[][] features =
                trials.stream().map(trial -> Features.ofMemory(trial.config())).toArray(double[][]::new);
        int count = features[0].length;
        double[] means = new double[count];
        double[] deviations = new double[count];
        for (int j = 0; j < count; j++) {
            double[] column = column(features, j);
            means[j] = new Mean().evaluate(column);
            deviations[j] = Math.max(1e-12, new StandardDeviation().evaluate(column));
        }
        MemoryLimit limit = new MemoryLimit(means, deviations, new ArrayRealVector(count + 1));
        for (int step = 0; step < STEPS; step++) {
            limit = limit.improved(features, trials);
        }
        return limit;
    }

    private static double[] column(double[][] rows, int j) {
        double[] column = new double[rows.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = rows[i][j];
        }
        return column;
    }

    private MemoryLimit improved(double[][] features, List<Recorded> trials) {
        int n = weights.getDimension();
        double[] gradient = weights.mapMultiply(RIDGE).toArray();
        double[][] hessian = new double[n][n];
        for (int i = 0; i < features.length; i++) {
            double[] z = scaled(features[i]).toArray();
            double p = probability(features[i]);
            double error = p - (trials.get(i).value().isPresent() ? 0 : 1);
            double weight = Math.max(1e-9, p * (1 - p));
            for (int j = 0; j < n; j++) {
                gradient[j] += error * z[j];
                for (int k = 0; k < n; k++) {
                    hessian[j][k] += weight * z[j] * z[k];
                }
            }
        }
        for (int j = 0; j < n; j++) {
            hessian[j][j] += RIDGE;
        }
        RealVector step = new CholeskyDecomposition(new Array2DRowRealMatrix(hessian, false), 1e-6, 1e-15)
                .getSolver()
                .solve(new ArrayRealVector(gradient));
        double length = step.getNorm();
        return new MemoryLimit(means, deviations, weights.subtract(step.mapMultiply(Math.min(1, 5 / length))));
    }

    /** The probability that a config with these features fails. */
    double probability(double[] features) {
        return 1 / (1 + Math.exp(-weights.dotProduct(scaled(features))));
    }

    private RealVector scaled(double[] features) {
        RealVector scaled = new ArrayRealVector(features.length + 1);
        for (int j = 0; j < features.length; j++) {
            scaled.setEntry(j, (features[j] - means[j]) / deviations[j]);
        }
        scaled.setEntry(features.length, 1);
        return scaled;
    }
}
