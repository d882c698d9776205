package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link MoCmaEs}.
 *
 * @param startup how many trials of any outcome come before the first offspring, at least 1
 * @param population how many individuals are kept, at least 2
 * @param sigma the first width, as a share of each axis: above 0, at most 1
 * @param fullUpTo with more coordinates than this no correlations are learned; 0 or more
 * @param prior where the optimum is believed to be; the first trials are drawn from it
 */
public record MoCmaSettings(int startup, int population, double sigma, int fullUpTo, Optional<Prior> prior) {

    /** As measured best for a few hundred trials (docs/papers.md). */
    public static final MoCmaSettings DEFAULT = new MoCmaSettings(10, 10, 0.2, 50, Optional.empty());

    /** Checks the ranges. */
    public MoCmaSettings {
        if (startup < 1 || population < 2 || fullUpTo < 0) {
            throw new IllegalArgumentException("startup must be 1 or more, population 2 or more, fullUpTo 0 or more: "
                    + startup + ", " + population + ", " + fullUpTo);
        }
        if (!(sigma > 0 && sigma <= 1)) {
            throw new IllegalArgumentException("sigma must be above 0 and at most 1: " + sigma);
        }
    }

    /** These settings with a prior. */
    public MoCmaSettings withPrior(Prior belief) {
        return new MoCmaSettings(startup, population, sigma, fullUpTo, Optional.of(belief));
    }

    UpdateRule ruleFor(int coordinates) {
        return coordinates > fullUpTo ? UpdateRule.SEPARABLE : UpdateRule.COMMONS_MATH_ACTIVE;
    }
}
