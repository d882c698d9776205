package dev.chiron.optimizers.prune;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaNStrategy;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), one-sided; Commons Math has the two-sided one alone. The ranks of
 * differences of 0 are split between the two sides. Exact for up to {@value #EXACT} differences without ties and zeros; beyond, by the
 * normal approximation with the correction for ties and none for continuity, as SciPy does ({@code zero_method="zsplit"}).
 */
public final class SignedRank {

    private static final int EXACT = 50;

    private SignedRank() {}

    /**
     * The probability of differences as low as these if they are symmetric about 0.
     *
     * @param differences one at least; none is NaN; infinite ones rank highest
     */
    public static double pLess(double[] differences) {
        double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
        double[] ranks = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE).rank(sizes);
        double positive = 0;
        boolean zeros = false;
        for (int i = 0; i < differences.length; i++) {
            positive += differences[i] > 0 ? ranks[i] : differences[i] == 0 ? ranks[i] / 2 : 0;
            zeros |= differences[i] == 0;
        }
        boolean hasTies = Arrays.stream(sizes).distinct().count() < sizes.length;
        return differences.length <= EXACT && !hasTies && !zeros
                ? exact(differences.length, (int) Math.round(positive))
                : approximate(differences.length, positive, ranks);
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
