package dev.chiron.evals.report.stats;

import org.apache.commons.math3.analysis.integration.IterativeLegendreGaussIntegrator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Nemenyi's critical difference of mean ranks (Demšar 2006, section 3.2.2 and table 5a). The table ends at 10 methods, so its
 * values are computed: the quantile of the range of so many standard normal variables, by the square root of 2.
 */
public final class Nemenyi {

    private static final NormalDistribution NORMAL = new NormalDistribution();
    private static final double FAR = 8; // a normal variable is not farther from 0
    private static final double MOST = 30;

    private Nemenyi() {}

    /**
     * By how much mean ranks must differ for methods to be told apart.
     *
     * @param methods at least 2
     * @param blocks at least 1
     * @param alpha the chance of any false difference, such as .05
     */
    public static double criticalDifference(int methods, int blocks, double alpha) {
        return critical(methods, alpha) * Math.sqrt(methods * (methods + 1.0) / (6.0 * blocks));
    }

    /** Demšar's q. */
    static double critical(int methods, double alpha) {
        double range = new BrentSolver(1e-7).solve(200, width -> rangeBelow(methods, width) - (1 - alpha), 0.01, MOST);
        return range / Math.sqrt(2);
    }

    /** The chance that so many normal variables lie within a width of each other. */
    private static double rangeBelow(int count, double width) {
        return count
                * new IterativeLegendreGaussIntegrator(24, 1e-9, 1e-10)
                        .integrate(
                                100_000,
                                least -> NORMAL.density(least)
                                        * Math.pow(
                                                NORMAL.cumulativeProbability(least + width)
                                                        - NORMAL.cumulativeProbability(least),
                                                count - 1.0),
                                -FAR,
                                FAR);
    }
}
