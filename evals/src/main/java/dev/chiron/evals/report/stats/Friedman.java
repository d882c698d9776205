package dev.chiron.evals.report.stats;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Friedman's test of whether methods differ in rank, with the correction for ties, and Iman and Davenport's sharper form of it
 * (Demšar 2006, Statistical Comparisons of Classifiers over Multiple Data Sets, section 3.2.2).
 *
 * @param meanRanks of each method, 1 is best
 * @param blocks over how many tasks or seeds
 * @param chiSquare Friedman's statistic; NaN if all methods are tied everywhere
 * @param p its probability
 * @param f Iman and Davenport's statistic; infinite where all blocks agree
 * @param pF its probability
 */
public record Friedman(List<Double> meanRanks, int blocks, double chiSquare, double p, double f, double pF) {

    /** Makes the list unchangeable. */
    public Friedman {
        meanRanks = List.copyOf(meanRanks);
    }

    /**
     * The test.
     *
     * @param losses a row a block, a column a method; the least is best, at least two of both
     */
    public static Friedman of(List<double[]> losses) {
        int methods = losses.get(0).length;
        int blocks = losses.size();
        double[] sums = new double[methods];
        double ties = 0;
        for (double[] row : losses) {
            double[] ranks = ranks(row);
            for (int i = 0; i < methods; i++) {
                sums[i] += ranks[i];
            }
            ties += ties(ranks);
        }
        List<Double> means =
                Arrays.stream(sums).map(sum -> sum / blocks).boxed().toList();
        double spread = means.stream()
                .mapToDouble(mean -> Math.pow(mean - (methods + 1) / 2.0, 2))
                .sum();
        double correction = 1 - ties / (blocks * (double) methods * (methods * (double) methods - 1));
        double chiSquare = 12.0 * blocks / (methods * (methods + 1.0)) * spread / correction;
        if (!Double.isFinite(chiSquare)) {
            return new Friedman(means, blocks, Double.NaN, 1, 0, 1);
        }
        double most = blocks * (methods - 1.0);
        double f = most - chiSquare < 1e-9 ? Double.POSITIVE_INFINITY : (blocks - 1) * chiSquare / (most - chiSquare);
        double p = 1 - new ChiSquaredDistribution(methods - 1.0).cumulativeProbability(chiSquare);
        double pF = Double.isInfinite(f)
                ? 0
                : 1 - new FDistribution(methods - 1.0, (methods - 1.0) * (blocks - 1)).cumulativeProbability(f);
        return new Friedman(means, blocks, chiSquare, p, f, pF);
    }

    /** The ranks in a block, 1 is the least, ties share their mean. */
    public static double[] ranks(double[] losses) {
        return new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(losses);
    }

    private static double ties(double[] ranks) {
        double sum = 0;
        for (double rank : Arrays.stream(ranks).distinct().toArray()) {
            double tied = Arrays.stream(ranks).filter(other -> other == rank).count();
            sum += tied * tied * tied - tied;
        }
        return sum;
    }
}
