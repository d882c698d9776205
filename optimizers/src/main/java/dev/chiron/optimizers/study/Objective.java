package dev.chiron.optimizers.study;

import java.util.Locale;

/** The metric that is tuned, and whether small or large values are good. The one place that turns signs. */
public record Objective(String metric, Goal goal) {

    /** Which way is better. */
    public enum Goal {
        MINIMIZE,
        MAXIMIZE;

        /** The name used in files and events. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The value as a loss, which optimizers minimise. */
    public double loss(double value) {
        return goal == Goal.MINIMIZE ? value : -value;
    }

    /** Whether one value is strictly better than another. */
    public boolean isBetter(double value, double other) {
        return loss(value) < loss(other);
    }
}
