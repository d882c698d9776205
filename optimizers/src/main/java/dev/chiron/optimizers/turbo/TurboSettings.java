package dev.chiron.optimizers.turbo;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link Turbo}.
 *
 * @param startup how many trials of any outcome come before the first model of each run, at least 2
 * @param candidates at how many points a function is drawn, at least 8
 * @param prior where the optimum is believed to be; the first trials of each run are drawn from it
 */
public record TurboSettings(int startup, int candidates, Optional<Prior> prior) {

    /** Ten trials first, as the other models have them, and as many candidates as milliseconds allow. */
    public static final TurboSettings DEFAULT = new TurboSettings(10, 300, Optional.empty());

    /** Checks the ranges. */
    public TurboSettings {
        if (startup < 2 || candidates < 8) {
            throw new IllegalArgumentException(
                    "startup must be 2 or more, candidates 8 or more: " + startup + ", " + candidates);
        }
    }

    /** These settings with a prior. */
    public TurboSettings withPrior(Prior belief) {
        return new TurboSettings(startup, candidates, Optional.of(belief));
    }
}
