package dev.chiron.optimizers.prune;

import dev.chiron.optimizers.space.Numbers;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Stops a run whose best loss so far is strictly above a percentile of the other measured runs' losses at the very same step; with the
 * 50th this is the median rule (Golovin et al. 2017, "Google Vizier", 3.2; as Optuna has it, {@code PercentilePruner}).
 *
 * @param percentile how many of a hundred go on, in (0, 100]; 25 is stricter than 50
 * @param startup no run is stopped before so many were measured
 * @param least nor where fewer of them have reported at this step; 1 or more
 */
public record Percentile(double percentile, int startup, Timing timing, int least) implements Pruner {

    /** Enough for every value of most scripts. */
    static final int KEPT = 256;

    private static final double MEDIAN = 50;

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        int measured = past.measured();
        if (measured == 0 || measured < startup || !timing.isDue(curve)) {
            return Decision.GO_ON;
        }
        double best = curve.best(curve.size());
        if (Double.isNaN(best)) {
            return new Decision.Stop(best, Double.NaN, "");
        }
        double[] others = past.runs().stream()
                .filter(run -> run.loss().isPresent())
                .map(run -> run.curve().at(curve.lastStep()))
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
        double bar = others.length < least ? Double.NaN : of(others);
        return best > bar
                ? new Decision.Stop(best, bar, name() + " of " + others.length + " runs there")
                : Decision.GO_ON;
    }

    private String name() {
        return percentile == MEDIAN ? "the median" : "percentile " + Numbers.text(percentile);
    }

    /** By linear interpolation between the order statistics (Hyndman and Fan's type 7), those that are no numbers left out. */
    private double of(double[] losses) {
        return new org.apache.commons.math3.stat.descriptive.rank.Percentile(percentile)
                .withEstimationType(EstimationType.R_7)
                .evaluate(losses);
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return whole.thinned(KEPT);
    }
}
