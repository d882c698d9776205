package dev.chiron.optimizers.surrogate;

import dev.chiron.optimizers.space.Prior;
import java.util.Optional;

/**
 * How far a log acquisition leans towards a prior: by its log density, times beta over the number of trials (piBO, Hvarfner et
 * al. 2022, arXiv 2204.11051, eq. 6).
 */
public final class Leaning {

    /** The paper's beta is a tenth of the number of trials, which is not known; so of 100. */
    private static final double BETA = 10;

    private final Optional<Prior> prior;
    private final double weight;

    /** After so many trials. */
    public Leaning(Optional<Prior> prior, int trials) {
        this.prior = prior;
        this.weight = BETA / Math.max(1, trials);
    }

    /** What is added at a point: 0 at the prior's centre, less elsewhere. */
    public double at(double[] point) {
        double sum = 0;
        for (int i = 0; i < point.length && prior.isPresent(); i++) {
            sum += weight * prior.get().logRatio(i, point[i]);
        }
        return sum;
    }

    /** Its derivative by a coordinate. */
    public double slope(double[] point, int i) {
        return prior.map(belief -> weight * belief.slope(i, point[i])).orElse(0.0);
    }
}
