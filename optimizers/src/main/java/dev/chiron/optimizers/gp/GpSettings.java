package dev.chiron.optimizers.gp;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link GaussianProcess}.
 *
 * @param startup how many trials of any outcome come before the first model, at least 1; half of them if all were given
 * @param candidates how many points the acquisition is looked up at before it is climbed, at least 8
 * @param starts from how many of them it is climbed, at least 1
 * @param prior where the optimum is believed to be; the first trials are drawn from it, and the acquisition
 *     leans to it
 */
public record GpSettings(int startup, int candidates, int starts, Optional<Prior> prior) {

    /** Ten trials first, as Optuna's sampler; no prior. */
    public static final GpSettings DEFAULT = new GpSettings(10, 1000, 8, Optional.empty());

    /** Checks the ranges. */
    public GpSettings {
        if (startup < 1 || candidates < 8 || starts < 1) {
            throw new IllegalArgumentException("startup and starts must be 1 or more and candidates 8 or more: "
                    + startup + ", " + starts + ", " + candidates);
        }
    }

    /** These settings with a prior. */
    public GpSettings withPrior(Prior belief) {
        return new GpSettings(startup, candidates, starts, Optional.of(belief));
    }
}
