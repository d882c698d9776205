package dev.chiron.optimizers.prune;

/**
 * At which steps a pruner looks: at the first value in each interval after the warm-up (Optuna, {@code _is_first_in_interval_step}).
 *
 * @param warmup the first step at which it looks, 0 or more
 * @param interval steps from one look to the next, above 0
 */
public record Timing(double warmup, double interval) {

    /** At every value. */
    public static final Timing ALWAYS = new Timing(0, 1);

    /** Whether it looks at the last value of a curve. */
    boolean isDue(Curve curve) {
        double step = curve.lastStep();
        double since = Math.floor((step - warmup) / interval) * interval + warmup;
        double before = curve.size() > 1 ? curve.step(curve.size() - 2) : -1;
        return step >= warmup && before < since;
    }
}
