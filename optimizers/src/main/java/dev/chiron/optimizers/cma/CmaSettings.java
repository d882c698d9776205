package dev.chiron.optimizers.cma;

import java.util.OptionalInt;

/**
 * What can be chosen about {@link CmaEs}.
 *
 * @param sigma the first width, as a share of each axis: above 0, at most 1
 * @param population points a generation in the first run, at least 4; when empty 4 + floor(3 ln n) for n parameters
 *     (tutorial, eq. 48)
 * @param rule how a generation changes the covariance
 * @param fullUpTo with more coordinates than this the rule is {@link UpdateRule#SEPARABLE}; 0 or more
 * @param restarts how a run begins anew after one that has converged
 * @param adaptive whether the learning rates adapt to noise and many minima (LRA-CMA-ES, arXiv 2304.03473)
 */
public record CmaSettings(
        double sigma, OptionalInt population, UpdateRule rule, int fullUpTo, RestartPolicy restarts, boolean adaptive) {

    /**
     * A tenth of each axis: from a sensible baseline that is far ahead of a sixth during the first 100 trials and not
     * measurably behind at 300. The library's active update, which was ahead of the tutorial's on the synthetic functions,
     * and restarts with twice the population, which were ahead on functions with many minima and, in the
     * median, level on the others.
     */
    public static final CmaSettings DEFAULT =
            new CmaSettings(0.1, OptionalInt.empty(), UpdateRule.COMMONS_MATH_ACTIVE, 100, RestartPolicy.IPOP, false);

    /** Checks the ranges. */
    public CmaSettings {
        if (!(sigma > 0 && sigma <= 1)) {
            throw new IllegalArgumentException("sigma must be above 0 and at most 1: " + sigma);
        }
        if (population.isPresent() && population.getAsInt() < 4) {
            throw new IllegalArgumentException("a population needs 4 points or more: " + population.getAsInt());
        }
        if (fullUpTo < 0) {
            throw new IllegalArgumentException("fullUpTo must be 0 or more: " + fullUpTo);
        }
    }

    /** These settings with another first width. */
    public CmaSettings withSigma(double width) {
        return new CmaSettings(width, population, rule, fullUpTo, restarts, adaptive);
    }

    /** These settings with another first population. */
    public CmaSettings withPopulation(int points) {
        return new CmaSettings(sigma, OptionalInt.of(points), rule, fullUpTo, restarts, adaptive);
    }

    /** These settings with another update rule. */
    public CmaSettings withRule(UpdateRule other) {
        return new CmaSettings(sigma, population, other, fullUpTo, restarts, adaptive);
    }

    /** These settings with another limit of the full covariance. */
    public CmaSettings withFullUpTo(int coordinates) {
        return new CmaSettings(sigma, population, rule, coordinates, restarts, adaptive);
    }

    /** These settings with other restarts. */
    public CmaSettings withRestarts(RestartPolicy policy) {
        return new CmaSettings(sigma, population, rule, fullUpTo, policy, adaptive);
    }

    /** These settings with learning rates that adapt, or that do not. */
    public CmaSettings withAdaptive(boolean adapt) {
        return new CmaSettings(sigma, population, rule, fullUpTo, restarts, adapt);
    }

    int populationFor(int parameters) {
        return population.orElse(4 + (int) Math.floor(3 * StrictMath.log(Math.max(1, parameters))));
    }

    UpdateRule ruleFor(int coordinates) {
        return coordinates > fullUpTo ? UpdateRule.SEPARABLE : rule;
    }
}
