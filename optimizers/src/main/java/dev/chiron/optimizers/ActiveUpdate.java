package dev.chiron.optimizers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The active covariance update of Commons Math's CMAESOptimizer ({@code isActiveCMA}): the worst points are subtracted,
 * after their lengths were exchanged so that the longest of them counts as the shortest.
 */
final class ActiveUpdate {

    /** How much of the variance the subtraction must leave in every direction. */
    private static final double LEAST_RESIDUAL = 0.66;

    /** The share of what was subtracted that is given back to the old matrix; the rest goes to the better half. */
    private static final double TO_OLD = 0.5;

    private final CmaConstants k;
    private final RealMatrix axes;
    private final double[] lengths;

    ActiveUpdate(CmaConstants constants, RealMatrix axes, double[] lengths) {
        this.k = constants;
        this.axes = axes;
        this.lengths = lengths;
    }

    /** A point that is subtracted: its standard normal vector, its length and its weight. */
    private static final class Bad {
        final double[] z;
        final double length;
        final double weight;
        double factor = 1;

        Bad(double[] z, double weight) {
            this.z = z;
            this.length = Math.max(Vectors.norm(z), 1e-8);
            this.weight = weight;
        }
    }

    void apply(Array2DRowRealMatrix covariance, double[] pathC, boolean quiet, double[][] steps, Generation told) {
        List<Bad> worst = worst(steps, told);
        double squares = 0;
        for (Bad bad : worst) {
            squares += bad.factor * bad.factor * bad.weight;
        }
        double rate = (1 - k.cMu) * 0.25 * k.muEff / (StrictMath.pow(k.dimension + 2, 1.5) + 2 * k.muEff);
        rate = worst.isEmpty() ? 0 : Math.min(rate, (1 - LEAST_RESIDUAL) / squares);
        double[][] subtracted = new double[worst.size()][];
        for (int p = 0; p < subtracted.length; p++) {
            subtracted[p] = step(worst.get(p));
        }
        double keep = 1 - k.c1 - k.cMu + TO_OLD * rate + (quiet ? 0 : k.c1 * k.cC * (2 - k.cC));
        double[] positive = told.share(k.positive);
        double[][] c = covariance.getDataRef();
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j <= i; j++) {
                double mu = 0;
                for (int p = 0; p < steps.length; p++) {
                    mu += positive[p] * steps[p][i] * steps[p][j];
                }
                double minus = 0;
                for (int p = 0; p < subtracted.length; p++) {
                    minus += worst.get(p).weight * subtracted[p][i] * subtracted[p][j];
                }
                c[i][j] =
                        keep * c[i][j] + k.c1 * pathC[i] * pathC[j] + (k.cMu + (1 - TO_OLD) * rate) * mu - rate * minus;
                c[j][i] = c[i][j];
            }
        }
    }

    /** The own points of the worse half, worst with the largest weight, their lengths exchanged. */
    private List<Bad> worst(double[][] steps, Generation told) {
        double[] reversed = new double[k.population];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = k.positive[reversed.length - 1 - i];
        }
        double[] weights = told.share(reversed);
        List<Bad> worst = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if (weights[i] > 0 && told.ranked.get(i).own()) {
                worst.add(new Bad(normal(steps[i]), weights[i]));
            }
        }
        List<Bad> byLength = new ArrayList<>(worst);
        byLength.sort(Comparator.comparingDouble(bad -> bad.length));
        for (int i = 0; i < byLength.size(); i++) {
            Bad bad = byLength.get(i);
            bad.factor = byLength.get(byLength.size() - 1 - i).length / bad.length;
        }
        return worst;
    }

    private double[] normal(double[] step) {
        double[] z = axes.preMultiply(step);
        for (int i = 0; i < z.length; i++) {
            z[i] /= lengths[i];
        }
        return z;
    }

    private double[] step(Bad bad) {
        double[] scaled = new double[bad.z.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = bad.factor * bad.z[i] * lengths[i];
        }
        return axes.operate(scaled);
    }
}
