package dev.chiron.optimizers.prune;

import dev.chiron.optimizers.prune.Forecaster.Forecast;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Stops a run that will hardly end better than the best so far, by a {@linkplain Forecaster forecast} of its end (the rule of Domhan et al. 2015,
 * 3.3: the probability of beating the best is below a level).
 *
 * @param level in (0, 1): a run goes on if it is as likely as that to end better
 * @param startup no run is stopped before so many were measured to their end
 * @param warmup nor before this step
 * @param interval steps from one look to the next, above 0; empty for a hundredth of the longest run
 */
public record Extrapolation(double level, int startup, double warmup, OptionalDouble interval) implements Pruner {

    private static final int LOOKS = 100;

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        Timing timing = new Timing(warmup, interval.orElse(Math.max(1, past.whole() / LOOKS)));
        Optional<Past.Ended> best = past.best();
        if (best.isEmpty() || curve.latestStep() != curve.lastStep() || !timing.isDue(curve)) {
            return Decision.GO_ON;
        }
        if (Double.isNaN(curve.lastLoss())) {
            return new Decision.Stop(Double.NaN, Double.NaN, "");
        }
        double bar = best.get().loss().orElseThrow();
        Optional<Forecast> forecast = Forecaster.of(curve, past, startup).map(Forecaster::forecast);
        double chance = forecast.map(expected -> expected.below(bar)).orElse(1.0);
        return chance < level
                ? new Decision.Unpromising(
                        forecast.orElseThrow(), bar, best.get().number(), chance)
                : Decision.GO_ON;
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return whole.thinned(Percentile.KEPT);
    }
}
