package dev.chiron.evals.compare;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), one-sided; Commons Math has the two-sided one alone.
 * Differences of 0 are left out. Exact for up to {@value #EXACT} differences without ties; beyond, by the normal
 * approximation with the correction for ties and none for continuity, as SciPy does.
 */
public final class Wilcoxon {

    private static final int EXACT = 50;

    private Wilcoxon() {}

    /**
     * The probability of differences as low as these if they are symmetric about 0; 1 if all are 0.
     *
     * @param differences none is NaN; infinite ones rank highest
     */
    public static double pLess(double[] differences) {
        double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
        if (kept.length == 0) {
            return 1;
        }
        double[] sizes = Arrays.stream(kept).map(Math::abs).toArray();
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(sizes);
        double positive = 0;
        for (int i = 0; i < kept.length; i++) {
            positive += kept[i] > 0 ? ranks[i] : 0;
        }
        boolean hasTies = Arrays.stream(sizes).distinct().count() < sizes.length;
        return kept.length <= EXACT && !hasTies
                ? exact(kept.length, (int) Math.round(positive))
                : approximate(kept.length, positive, ranks);
    }

    /** The share of the 2^n signs that give a sum of positive ranks of at most this. */
    private static double exact(int n, int positive) {
        double[] share = new double[n * (n + 1) / 2 + 1]; // by the sum of the ranks seen so far
        share[0] = 1;
        for (int rank = 1; rank <= n; rank++) {
            for (int sum = share.length - 1; sum >= 0; sum--) {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }
        return Math.min(1, Arrays.stream(share, 0, positive + 1).sum());
    }

    private static double approximate(int n, double positive, double[] ranks) {
        double mean = n * (n + 1) / 4.0;
        double variance = n * (n + 1.0) * (2 * n + 1.0) / 24;
        for (double rank : Arrays.stream(ranks).distinct().toArray()) {
            double tied = Arrays.stream(ranks).filter(r -> r == rank).count();
            variance -= (tied * tied * tied - tied) / 48;
        }
        return new NormalDistribution().cumulativeProbability((positive - mean) / Math.sqrt(variance));
    }
}
