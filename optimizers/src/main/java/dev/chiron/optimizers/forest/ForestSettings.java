package dev.chiron.optimizers.forest;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link RandomForest}.
 *
 * @param startup how many trials of any outcome come before the first model, at least 1
 * @param trees how many trees a forest has, at least 2
 * @param candidates at how many points the acquisition is looked up before the search goes on from the best, at least 8
 * @param starts from how many points it goes on, at least 1
 * @param randomShare the probability of a random config, in [0, 1]
 * @param prior where the optimum is believed to be; random configs are drawn from it, and the acquisition leans to it
 */
public record ForestSettings(
        int startup, int trees, int candidates, int starts, double randomShare, Optional<Prior> prior) {

    /** Ten trials first, SMAC's ten trees, half of its share of random configs. */
    public static final ForestSettings DEFAULT = new ForestSettings(10, 10, 2000, 10, 0.1, Optional.empty());

    /** Checks the ranges. */
    public ForestSettings {
        if (startup < 1 || trees < 2 || candidates < 8 || starts < 1 || !(randomShare >= 0 && randomShare <= 1)) {
            throw new IllegalArgumentException(
                    "startup and starts must be 1 or more, trees 2 or more, candidates 8 or more, the random share in [0, 1]: "
                            + startup + ", " + starts + ", " + trees + ", " + candidates + ", " + randomShare);
        }
    }

    /** These settings with a prior. */
    public ForestSettings withPrior(Prior belief) {
        return new ForestSettings(startup, trees, candidates, starts, randomShare, Optional.of(belief));
    }
}
