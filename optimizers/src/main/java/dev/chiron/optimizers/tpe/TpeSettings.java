package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link Tpe}.
 *
 * @param startup how many trials are drawn at random before the first model, at least 1; the baseline counts
 * @param candidates how many configs are drawn from the good ones' density, at least 1; the best-looking is asked for
 * @param priorWeight weight of the prior's kernel, against 1 of an observation; above 0
 * @param prior where the optimum is believed to be; else the prior's kernel reaches over the whole range
 */
public record TpeSettings(int startup, int candidates, double priorWeight, Optional<Prior> prior) {

    /** Optuna 5's. */
    public static final TpeSettings DEFAULT = new TpeSettings(10, 24, 1, Optional.empty());

    /** Checks the ranges. */
    public TpeSettings {
        if (startup < 1 || candidates < 1) {
            throw new IllegalArgumentException(
                    "startup and candidates must be 1 or more: " + startup + ", " + candidates);
        }
        if (!(priorWeight > 0) || !Double.isFinite(priorWeight)) {
            throw new IllegalArgumentException("the prior's weight must be above 0: " + priorWeight);
        }
    }

    /** These settings with a prior. */
    public TpeSettings withPrior(Prior belief) {
        return new TpeSettings(startup, candidates, priorWeight, Optional.of(belief));
    }
}
