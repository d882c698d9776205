package dev.chiron.optimizers.genetic;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link Nsga2}.
 *
 * @param startup how many trials of any outcome come before the first offspring, at least 2
 * @param population how many are kept, at least 2
 * @param blend the probability that a number of a child lies between its parents' or a little outside, in [0, 1]; else it is one of theirs
 * @param prior where the optimum is believed to be; the first trials are drawn from it
 */
public record Nsga2Settings(int startup, int population, double blend, Optional<Prior> prior) {

    /** As measured best for a few hundred trials (docs/papers.md). */
    public static final Nsga2Settings DEFAULT = new Nsga2Settings(10, 10, 0.5, Optional.empty());

    /** Checks the ranges. */
    public Nsga2Settings {
        if (startup < 2 || population < 2 || !(blend >= 0 && blend <= 1)) {
            throw new IllegalArgumentException("startup and population must be 2 or more, the blend in [0, 1]: "
                    + startup + ", " + population + ", " + blend);
        }
    }

    /** These settings with a prior. */
    public Nsga2Settings withPrior(Prior belief) {
        return new Nsga2Settings(startup, population, blend, Optional.of(belief));
    }
}
