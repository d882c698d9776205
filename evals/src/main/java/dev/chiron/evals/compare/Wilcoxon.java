package dev.chiron.evals.compare;

import dev.chiron.optimizers.prune.SignedRank;
import java.util.Arrays;

/** Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), one-sided, differences of 0 left out. */
public final class Wilcoxon {

    private Wilcoxon() {}

    /**
     * The probability of differences as low as these if they are symmetric about 0; 1 if all are 0.
     *
     * @param differences none is NaN; infinite ones rank highest
     */
    public static double pLess(double[] differences) {
        double[] kept = Arrays.stream(differences).filter(d -> d != 0).toArray();
        return kept.length == 0 ? 1 : SignedRank.pLess(kept);
    }
}
