package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Individual;
import java.util.ArrayList;
import java.util.List;

/**
 * How an individual of the elitist (1+1)-CMA-ES learns from whether its offspring succeed (Igel, Hansen and Roth 2007): its width
 * grows where more of them do than a target share, and its covariance turns towards the steps that did.
 */
final class SuccessRule {

    /** The share of successes at which the width stays; an individual begins with it. */
    static final double TARGET = 1 / 5.5;

    private static final double SMOOTHING = TARGET / (2 + TARGET); // c_p
    private static final double MANY =
            0.44; // p_thresh: so many successes say that sigma is too small, and nothing of directions
    private static final double NARROWEST = 1e-9; // below it, steps are nothing but rounding
    private static final double WIDEST = 1;

    private final double damping; // d
    private final double pathRate; // c_c
    private final double covarianceRate; // c_cov

    /** The rule in this many coordinates. */
    SuccessRule(int coordinates) {
        double n = coordinates;
        this.damping = 1 + n / 2;
        this.pathRate = 2 / (n + 2);
        this.covarianceRate = 2 / (n * n + 6);
    }

    /** The width after a success or a failure. */
    Individual stepped(Individual one, boolean succeeded) {
        double success = (1 - SMOOTHING) * one.success() + (succeeded ? SMOOTHING : 0);
        double factor = StrictMath.exp((success - TARGET) / ((1 - TARGET) * damping));
        double sigma = Math.min(WIDEST, Math.max(NARROWEST, one.sigma() * factor));
        return one.learned(sigma, success, one.path(), one.covariance());
    }

    /** Path and covariance after a step that succeeded, in units of the width with which it was drawn. */
    Individual turned(Individual one, double[] step) {
        boolean many = one.success() >= MANY;
        double share = pathRate * (2 - pathRate);
        double[] path = Vectors.array(one.path());
        for (int i = 0; i < path.length; i++) {
            path[i] = (1 - pathRate) * path[i] + (many ? 0 : Math.sqrt(share) * step[i]);
        }
        double kept = 1 - covarianceRate + (many ? covarianceRate * share : 0);
        List<List<Double>> rows = new ArrayList<>();
        List<List<Double>> before = one.covariance().rows();
        boolean diagonal = before.size() < path.length;
        for (int i = 0; i < before.size(); i++) {
            List<Double> row = new ArrayList<>(path.length);
            for (int j = 0; j < path.length; j++) {
                row.add(kept * before.get(i).get(j) + covarianceRate * (path[diagonal ? j : i] * path[j]));
            }
            rows.add(List.copyOf(row));
        }
        return one.learned(
                one.sigma(), one.success(), Vectors.list(path), new OptimizerState.Covariance(List.copyOf(rows)));
    }
}
