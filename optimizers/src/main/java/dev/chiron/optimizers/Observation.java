package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;

/**
 * A config and what came of it.
 *
 * @param loss smaller is better, finite; the last one seen if the run was pruned; 0 if it failed
 * @param step how far a pruned run came, in steps of its curve; 0 otherwise
 */
public record Observation(Config config, Kind kind, double loss, double step) {

    /** How a run ended. */
    public enum Kind {
        MEASURED,
        PRUNED,
        INFEASIBLE
    }

    /** @throws IllegalArgumentException if the loss is not finite */
    public Observation {
        Loss.requireFinite(loss);
    }

    /** A run that was measured. */
    public static Observation measured(Config config, double loss) {
        return new Observation(config, Kind.MEASURED, loss, 0);
    }

    /** A run that was stopped early. */
    public static Observation pruned(Config config, double step, double loss) {
        return new Observation(config, Kind.PRUNED, loss, step);
    }

    /** A run that failed. */
    public static Observation infeasible(Config config) {
        return new Observation(config, Kind.INFEASIBLE, 0, 0);
    }
}
