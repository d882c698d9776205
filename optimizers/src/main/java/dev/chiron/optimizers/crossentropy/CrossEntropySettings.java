package dev.chiron.optimizers.crossentropy;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * What can be chosen about {@link CrossEntropy}.
 *
 * @param generation after how many trials the distribution is moved, at least 2
 * @param elite the share of them that is the elite, in (0, 1); two at least
 * @param smoothing how far the distribution moves to the elite's, in (0, 1]
 * @param noise the standard deviation, as a share of a range, that is added to the elite's at first, 0 or more; it shrinks with one over the number
 *     of moves
 * @param prior where the optimum is believed to be: the first distribution
 */
public record CrossEntropySettings(
        int generation, double elite, double smoothing, double noise, Optional<Prior> prior) {

    /** As measured best for a few hundred trials (docs/papers.md). */
    public static final CrossEntropySettings DEFAULT = new CrossEntropySettings(10, 0.2, 0.8, 0.3, Optional.empty());

    /** Checks the ranges. */
    public CrossEntropySettings {
        if (generation < 2) {
            throw new IllegalArgumentException("a generation must have 2 trials or more: " + generation);
        }
        if (!(elite > 0 && elite < 1) || !(smoothing > 0 && smoothing <= 1) || !(noise >= 0 && noise <= 1)) {
            throw new IllegalArgumentException(
                    "the elite must be in (0, 1), the smoothing in (0, 1], the noise in [0, 1]: " + elite + ", "
                            + smoothing + ", " + noise);
        }
    }

    /** These settings with a prior. */
    public CrossEntropySettings withPrior(Prior belief) {
        return new CrossEntropySettings(generation, elite, smoothing, noise, Optional.of(belief));
    }
}
