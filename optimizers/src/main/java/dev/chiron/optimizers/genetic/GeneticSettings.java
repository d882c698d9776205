package dev.chiron.optimizers.genetic;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link Genetic}.
 *
 * @param startup how many trials of any outcome come before the first offspring, at least 2
 * @param population how many of the best configs may be parents, at least 2
 * @param tournament of how many drawn from them the best is a parent, at least 1
 * @param blend the probability that a number of a child lies between its parents' or a little outside, in [0, 1]; else it is one of theirs
 * @param prior where the optimum is believed to be; the first trials are drawn from it
 */
public record GeneticSettings(int startup, int population, int tournament, double blend, Optional<Prior> prior) {

    /** As measured best for a few hundred trials (docs/papers.md). */
    public static final GeneticSettings DEFAULT = new GeneticSettings(10, 5, 2, 0.5, Optional.empty());

    /** Checks the ranges. */
    public GeneticSettings {
        if (startup < 2 || population < 2 || tournament < 1 || !(blend >= 0 && blend <= 1)) {
            throw new IllegalArgumentException(
                    "startup and population must be 2 or more, the tournament 1 or more, the blend in [0, 1]: "
                            + startup + ", " + population + ", " + tournament + ", " + blend);
        }
    }

    /** These settings with a prior. */
    public GeneticSettings withPrior(Prior belief) {
        return new GeneticSettings(startup, population, tournament, blend, Optional.of(belief));
    }
}
