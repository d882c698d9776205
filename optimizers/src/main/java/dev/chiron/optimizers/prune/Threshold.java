package dev.chiron.optimizers.prune;

import dev.chiron.optimizers.study.Objective;
import java.util.OptionalDouble;

/**
 * Stops a run that reports a loss outside of bounds, or none at all (Optuna, {@code ThresholdPruner}).
 *
 * @param low of the losses; −∞ for none
 * @param high of the losses; +∞ for none
 */
public record Threshold(double low, double high, Timing timing) implements Pruner {

    /**
     * Between two values of a metric.
     *
     * @param low the lowest value that is let go on, if there is one
     * @param high the highest, if there is one
     */
    public static Threshold of(Objective objective, OptionalDouble low, OptionalDouble high, Timing timing) {
        boolean turned = objective.goal() == Objective.Goal.MAXIMIZE;
        double lowest = low.orElse(Double.NEGATIVE_INFINITY);
        double highest = high.orElse(Double.POSITIVE_INFINITY);
        return new Threshold(
                objective.loss(turned ? highest : lowest), objective.loss(turned ? lowest : highest), timing);
    }

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        double loss = curve.lastLoss();
        if (!timing.isDue(curve)) {
            return Decision.GO_ON;
        }
        if (Double.isNaN(loss)) {
            return new Decision.Stop(loss, Double.NaN, "");
        }
        return loss < low || loss > high
                ? new Decision.Stop(loss, loss < low ? low : high, "the bound of prune:")
                : Decision.GO_ON;
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return new Curve().withLastOf(whole);
    }
}
