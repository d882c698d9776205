package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * How CMA-ES spreads its samples, which is with the covariance sigma^2 A C A.
 *
 * @param deviations of each axis, in the unit cube
 * @param correlated the most strongly correlated pairs, strongest first
 * @param rising axes that rise along the principal direction, strongest first; empty where no direction stands out
 * @param falling axes that fall where those rise
 * @param share the principal direction's share of all variance
 */
record Spread(List<Double> deviations, List<Pair> correlated, List<String> rising, List<String> falling, double share) {

    private static final double LEAST = 0.3;
    private static final int PAIRS = 5;
    /** A direction stands out with so many times the average variance. */
    private static final double OUTSTANDING = 2;
    /** An axis is part of a direction with so much of the largest component. */
    private static final double PART = 0.4;

    private static final int PARTS = 6;

    /** Two axes and their correlation, in [-1, 1]. */
    record Pair(String one, String other, double correlation) {}

    static Spread of(OptimizerState.CmaEs state) {
        int n = state.axes().size();
        List<Double> deviations = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            deviations.add(state.sigma() * Math.sqrt(Math.max(0, covariance(state, i, i))));
        }
        if (!state.covariance().hasCorrelations()) {
            return new Spread(deviations, List.of(), List.of(), List.of(), 1);
        }
        double[][] covariance = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i][j] = covariance(state, i, j);
            }
        }
        return principal(state.axes(), deviations, pairs(state.axes(), covariance), covariance);
    }

    /** An element of A C A. */
    private static double covariance(OptimizerState.CmaEs state, int i, int j) {
        return state.stretch().get(i)
                * state.covariance().element(i, j)
                * state.stretch().get(j);
    }

    private static List<Pair> pairs(List<String> axes, double[][] covariance) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            for (int j = i + 1; j < axes.size(); j++) {
                double correlation = covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j]);
                if (Math.abs(correlation) >= LEAST) {
                    pairs.add(new Pair(axes.get(i), axes.get(j), correlation));
                }
            }
        }
        return pairs.stream()
                .sorted(Comparator.comparingDouble(pair -> -Math.abs(pair.correlation())))
                .limit(PAIRS)
                .toList();
    }

    private static Spread principal(
            List<String> axes, List<Double> deviations, List<Pair> pairs, double[][] covariance) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(covariance);
        EigenDecomposition eigen = new EigenDecomposition(matrix);
        double share = eigen.getRealEigenvalue(0) / matrix.getTrace();
        if (!(share * axes.size() >= OUTSTANDING)) {
            return new Spread(deviations, pairs, List.of(), List.of(), share);
        }
        double[] direction = eigen.getEigenvector(0).toArray();
        List<Integer> parts = new ArrayList<>();
        for (int i = 0; i < direction.length; i++) {
            parts.add(i);
        }
        parts.sort(Comparator.comparingDouble(i -> -Math.abs(direction[i])));
        double largest = direction[parts.get(0)];
        List<String> rising = new ArrayList<>();
        List<String> falling = new ArrayList<>();
        for (int i : parts.subList(0, Math.min(PARTS, parts.size()))) {
            double component = direction[i] / largest;
            if (Math.abs(component) >= PART) {
                (component > 0 ? rising : falling).add(axes.get(i));
            }
        }
        return new Spread(deviations, pairs, rising, falling, share);
    }
}
