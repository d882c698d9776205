package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * For scripts whose value is a mean over instances such as folds, which they report with the instance's number as the step, in any order:
 * stops a run that is worse than the best measured one on the instances that both have seen, by the signed-rank test (Optuna,
 * {@code WilcoxonPruner}).
 *
 * @param level the test's, in (0, 1): how likely a run is stopped at a look that is no worse
 * @param startup no run is stopped before so many instances are shared; 2 at least
 */
public record Wilcoxon(double level, int startup) implements Pruner {

    private static final int FEWEST = 2;

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        Optional<Past.Ended> best = past.best();
        if (best.isEmpty()
                || !curve.isFinite()
                || !best.get().curve().isFinite()
                || best.get().curve().at(curve.latestStep()).isEmpty()) { // nothing new to compare
            return Decision.GO_ON;
        }
        double[] differences = differences(curve, best.get().curve());
        if (differences.length < Math.max(FEWEST, startup)) {
            return Decision.GO_ON;
        }
        double mean = curve.mean();
        double bar = best.get().loss().orElseThrow();
        double p = SignedRank.pLess(Arrays.stream(differences).map(d -> -d).toArray());
        return p < level && mean > bar
                ? new Decision.Stop(
                        mean,
                        bar,
                        "what trial " + best.get().number() + " had, by the signed-rank test on " + differences.length
                                + " values of both")
                : Decision.GO_ON;
    }

    /** By how much it is worse at each step that both have. */
    private static double[] differences(Curve curve, Curve best) {
        double[] differences = new double[best.size()];
        int count = 0;
        for (int i = 0; i < best.size(); i++) {
            OptionalDouble own = curve.at(best.step(i));
            if (own.isPresent()) {
                differences[count++] = own.getAsDouble() - best.loss(i);
            }
        }
        return Arrays.copyOf(differences, count);
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return whole.thinned(Percentile.KEPT);
    }
}
