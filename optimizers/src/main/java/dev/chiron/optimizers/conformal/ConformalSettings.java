package dev.chiron.optimizers.conformal;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link Conformal}.
 *
 * @param startup how many trials of any outcome come before the first model, at least 2
 * @param trees how many trees each quantile has, at least 1
 * @param enough from more trials than this on a part is held out, at least 2
 * @param heldOut the share of trials that is held out, in (0, 0.5]
 * @param candidates from how many points the next config is chosen, at least 8
 * @param nearby the share of the candidates that are one of the best trials with a few parameters anywhere, in [0, 1]; the others are uniform, or
 *     drawn from the prior
 * @param prior where the optimum is believed to be
 */
public record ConformalSettings(
        int startup, int trees, int enough, double heldOut, int candidates, double nearby, Optional<Prior> prior) {

    /** The published numbers but for where half of the candidates lie, and ten first trials instead of five (docs/papers.md). */
    public static final ConformalSettings DEFAULT =
            new ConformalSettings(10, 100, 32, 0.1, 2000, 0.5, Optional.empty());

    /** Checks the ranges. */
    public ConformalSettings {
        if (startup < 2 || trees < 1 || enough < 2 || candidates < 8) {
            throw new IllegalArgumentException(
                    "startup and enough must be 2 or more, trees 1 or more, candidates 8 or more: " + startup + ", "
                            + enough + ", " + trees + ", " + candidates);
        }
        if (!(heldOut > 0 && heldOut <= 0.5) || !(nearby >= 0 && nearby <= 1)) {
            throw new IllegalArgumentException(
                    "what is held out must be in (0, 0.5], what is nearby in [0, 1]: " + heldOut + ", " + nearby);
        }
    }

    /** These settings with a prior. */
    public ConformalSettings withPrior(Prior belief) {
        return new ConformalSettings(startup, trees, enough, heldOut, candidates, nearby, Optional.of(belief));
    }
}
