package dev.chiron.optimizers.prune;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Says when somebody is to be asked whether a run is worth going on with: at the steps grace, grace·η, grace·η² …, so a run of any length comes to it a
 * few times; and not while it is clearly among the best, since nobody would stop it.
 *
 * @param reduction η, 2 or more
 * @param grace the first step at which is asked, above 0; empty for a tenth of the first measured run's last step, and 1 at least
 * @param startup nobody is asked before so many runs were measured
 * @param percentile so many of a hundred are the best of those that have come to that step, in (0, 100]
 */
public record Consultation(int reduction, OptionalDouble grace, int startup, double percentile) implements Pruner {

    private static final int FIRST = 10;
    private static final double ALL = 100;

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        OptionalDouble first = first(past);
        if (past.measured() < Math.max(1, startup) || first.isEmpty() || curve.latestStep() != curve.lastStep()) {
            return Decision.GO_ON;
        }
        int look = -1;
        int due = -1;
        for (double rung = first.getAsDouble(); rung <= curve.lastStep(); rung *= reduction) {
            look++;
            due = curve.reached(rung) == curve.size() - 1 ? look : due; // of several at once the last
        }
        if (due < 0) {
            return Decision.GO_ON;
        }
        if (Double.isNaN(curve.lastLoss())) {
            return new Decision.Stop(Double.NaN, Double.NaN, "");
        }
        return isAmongTheBest(curve, past) ? Decision.GO_ON : new Decision.Ask(due);
    }

    private OptionalDouble first(Past past) {
        OptionalDouble length = past.firstLength();
        return grace.isPresent() || length.isEmpty()
                ? grace
                : OptionalDouble.of(Math.max(1, Math.floor(length.getAsDouble() / FIRST)));
    }

    /** Whether no more than the share of the best are better, of all that have come to its last step. */
    private boolean isAmongTheBest(Curve curve, Past past) {
        double[] others = past.runs().stream()
                .map(Past.Ended::curve)
                .filter(other -> other.reached(curve.lastStep()) < other.size())
                .mapToDouble(other -> other.loss(other.reached(curve.lastStep())))
                .filter(loss -> !Double.isNaN(loss))
                .toArray();
        long better =
                Arrays.stream(others).filter(loss -> loss < curve.lastLoss()).count();
        return others.length > 0 && better < percentile / ALL * (others.length + 1);
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return whole.thinned(Percentile.KEPT);
    }
}
