package dev.chiron.optimizers.costaware;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link CostAware}.
 *
 * @param startup how many trials of any outcome come before the first model, at least 2
 * @param radius how far from the front it looks: the standard deviation in each coordinate of the unit cube, above 0 and at most 1; about so often an
 *     unordered choice has another option
 * @param candidates how many points are compared, at least 8
 * @param prior where the optimum is believed to be; the first trials are drawn from it
 */
public record CostAwareSettings(int startup, double radius, int candidates, Optional<Prior> prior) {

    /** The radius as measured (docs/papers.md), the candidates as milliseconds allow. */
    public static final CostAwareSettings DEFAULT = new CostAwareSettings(10, 0.2, 500, Optional.empty());

    /** Checks the ranges. */
    public CostAwareSettings {
        if (startup < 2 || candidates < 8 || !(radius > 0 && radius <= 1)) {
            throw new IllegalArgumentException(
                    "startup must be 2 or more, the radius above 0 and at most 1, candidates 8 or more: " + startup
                            + ", " + radius + ", " + candidates);
        }
    }

    /** These settings with a prior. */
    public CostAwareSettings withPrior(Prior belief) {
        return new CostAwareSettings(startup, radius, candidates, Optional.of(belief));
    }
}
