package dev.chiron.optimizers;

import java.util.OptionalInt;

/**
 * What can be chosen about {@link CmaEs}.
 *
 * @param sigma the first width, as a share of each axis: above 0, at most 1
 * @param population points a generation, at least 4; when empty 4 + floor(3 ln n) for n parameters (tutorial, eq. 48)
 * @param rule how a generation changes the covariance
 */
public record CmaSettings(double sigma, OptionalInt population, UpdateRule rule) {

    /**
     * A sixth of each axis. From the baseline of the recorded task that ends better after 200 to 300 trials than a tenth,
     * which is ahead during the first 100.
     */
    public static final CmaSettings DEFAULT = new CmaSettings(1.0 / 6, OptionalInt.empty(), UpdateRule.TUTORIAL);

    /** Checks the ranges. */
    public CmaSettings {
        if (!(sigma > 0 && sigma <= 1)) {
            throw new IllegalArgumentException("sigma must be above 0 and at most 1: " + sigma);
        }
        if (population.isPresent() && population.getAsInt() < 4) {
            throw new IllegalArgumentException("a population needs 4 points or more: " + population.getAsInt());
        }
    }

    /** These settings with another first width. */
    public CmaSettings withSigma(double width) {
        return new CmaSettings(width, population, rule);
    }

    /** These settings with another update rule. */
    public CmaSettings withRule(UpdateRule other) {
        return new CmaSettings(sigma, population, other);
    }

    int populationFor(int parameters) {
        return population.orElse(4 + (int) Math.floor(3 * StrictMath.log(parameters)));
    }
}
