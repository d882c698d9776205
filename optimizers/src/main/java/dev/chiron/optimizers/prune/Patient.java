package dev.chiron.optimizers.prune;

import java.util.Optional;

/**
 * Stops a run that has got no better for a while, or leaves it to another pruner then (Optuna, {@code PatientPruner}): the best loss before
 * the last patience + 1 values, and delta more, is still below the best among these.
 *
 * @param inner who decides then; empty where that is enough to stop a run
 * @param patience in values, 0 or more
 * @param delta in the metric's unit, 0 or more
 */
public record Patient(Optional<Pruner> inner, int patience, double delta) implements Pruner {

    @Override
    public Decision decide(int number, Curve curve, Past past) {
        int before = curve.size() - patience - 1;
        if (before <= 0) {
            return Decision.GO_ON;
        }
        double now = curve.bestFrom(before);
        double then = curve.best(before);
        if (!(then + delta < now)) {
            return Decision.GO_ON;
        }
        return inner.map(pruner -> pruner.decide(number, curve, past))
                .orElseGet(() -> new Decision.Stop(
                        now, then, "its own best, which it has not come back to in " + (patience + 1) + " values"));
    }

    @Override
    public Curve kept(Curve whole, Past past) {
        return inner.map(pruner -> pruner.kept(whole, past)).orElseGet(() -> new Curve().withLastOf(whole));
    }
}
