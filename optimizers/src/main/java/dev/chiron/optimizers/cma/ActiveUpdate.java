package dev.chiron.optimizers.cma;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The active covariance update of Commons Math's CMAESOptimizer ({@code isActiveCMA}): the worst points are subtracted,
 * after their lengths were exchanged so that the longest of them counts as the shortest.
 */
final class ActiveUpdate {

    /** How much of the variance the subtraction must leave in every direction. */
    private static final double LEAST_RESIDUAL = 0.66;

    /** The share of what was subtracted that is given back to the old matrix; the rest goes to the better half. */
    private static final double TO_OLD = 0.5;

    private ActiveUpdate() {}

    /** A point that is subtracted: its step, its Mahalanobis length, its weight, and the factor that exchanges lengths. */
    private static final class Bad {
        final double[] step;
        final double length;
        final double weight;
        double factor = 1;

        Bad(double[] step, double length, double weight) {
            this.step = step;
            this.length = Math.max(length, 1e-8);
            this.weight = weight;
        }
    }

    static CovarianceUpdate of(CmaConstants k, double[][] steps, double[][] normals, Generation told) {
        List<Bad> worst = worst(k, steps, normals, told);
        double rate = rate(k, worst);
        CovarianceUpdate update = new CovarianceUpdate(1 - k.c1 - k.cMu + TO_OLD * rate);
        double[] positive = told.share(k.positive);
        for (int i = 0; i < steps.length; i++) {
            update.add((k.cMu + (1 - TO_OLD) * rate) * positive[i], steps[i]);
        }
        for (Bad bad : worst) {
            update.add(-rate * bad.weight * bad.factor * bad.factor, bad.step);
        }
        return update;
    }

    private static double rate(CmaConstants k, List<Bad> worst) {
        if (worst.isEmpty()) {
            return 0;
        }
        double squares = 0;
        for (Bad bad : worst) {
            squares += bad.factor * bad.factor * bad.weight;
        }
        double rate = (1 - k.cMu) * 0.25 * k.muEff / (StrictMath.pow(k.dimension + 2, 1.5) + 2 * k.muEff);
        return Math.min(rate, (1 - LEAST_RESIDUAL) / squares);
    }

    /** The own points of the worse half, worst with the largest weight, their lengths exchanged. */
    private static List<Bad> worst(CmaConstants k, double[][] steps, double[][] normals, Generation told) {
        double[] reversed = new double[k.population];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = k.positive[reversed.length - 1 - i];
        }
        double[] weights = told.share(reversed);
        List<Bad> worst = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if (weights[i] > 0 && told.ranked.get(i).own()) {
                worst.add(new Bad(steps[i], Vectors.norm(normals[i]), weights[i]));
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
}
