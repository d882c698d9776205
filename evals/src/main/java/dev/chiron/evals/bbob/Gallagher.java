package dev.chiron.evals.bbob;

import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.linear.RealMatrix;

/** Functions 21 and 22: a landscape of Gaussian peaks, each an ellipsoid of its own, of which the first is the highest. */
final class Gallagher {

    private static final double MOST = 1000;
    private static final double HIGHEST = 10;
    private static final double LOWEST = 1.1;
    private static final double SECOND_HIGHEST = 9.1;

    private final RealMatrix rotation;
    private final double[][] centres;
    private final double[][] weights;
    private final double[] heights;

    private Gallagher(Instance instance, int peaks, double condition, double spread) {
        int n = instance.dimension();
        this.rotation = instance.second();
        this.centres = new double[peaks][];
        this.weights = new double[peaks][n];
        this.heights = new double[peaks];
        double[] places = Draws.uniform(peaks * n, instance.seed());
        int[] order = Draws.permutation(peaks - 1, instance.seed());
        for (int peak = 0; peak < peaks; peak++) {
            double[] centre = new double[n];
            for (int i = 0; i < n; i++) { // the best is kept from the edge
                centre[i] = (peak == 0 ? 0.8 : 1) * spread * (HIGHEST * places[peak * n + i] - 5);
            }
            centres[peak] = rotation.preMultiply(centre);
            double own = peak == 0 ? condition : Math.pow(MOST, order[peak - 1] / (peaks - 2.0));
            int[] axes = Draws.permutation(n, instance.seed() + 1000L * peak);
            for (int i = 0; i < n; i++) {
                weights[peak][i] = Math.pow(own, instance.share(axes[i]) - 0.5);
            }
            heights[peak] = peak == 0 ? HIGHEST : LOWEST + (SECOND_HIGHEST - LOWEST) * (peak - 1) / (peaks - 2.0);
        }
    }

    /** 101 peaks. */
    static ToDoubleFunction<double[]> many(Instance instance) {
        return new Gallagher(instance, 101, Math.sqrt(MOST), 1)::value;
    }

    /** 21 peaks, the highest the worst conditioned. */
    static ToDoubleFunction<double[]> few(Instance instance) {
        return new Gallagher(instance, 21, MOST, 0.98)::value;
    }

    private double value(double[] x) {
        double[] turned = rotation.preMultiply(x);
        double highest = 0;
        for (int peak = 0; peak < heights.length; peak++) {
            double distance = Points.weighted(weights[peak], Points.from(centres[peak], turned));
            highest = Math.max(highest, heights[peak] * Math.exp(-distance / (2 * x.length)));
        }
        double missed = Points.waved(HIGHEST - highest);
        return missed * missed + Points.outside(x);
    }
}
