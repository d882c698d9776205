package dev.chiron.optimizers.study;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether a challenger's mean is better than the incumbent's, by a sequential test. Both are run again, the one with fewer
 * runs first, until one mean is better beyond the noise or both have had their repeats; then the better mean stays.
 *
 * <p>The test is Student's, one-sided, with the {@linkplain Noise noise} of the whole study as its variance. A duel is looked
 * at after each repeat, at most {@code 2 * repeats} times, and each look spends the same share of the error of {@value #ERROR}
 * unless another is given (Bonferroni), so that all looks together crown a config that is no better at most so often.
 *
 * <p>Nobody wins on one measurement: a challenger is one because its first was good, whether by merit or by luck. A config of
 * which a repeat failed has no number for that; it loses to any that has been repeated without a failure.
 */
final class Duel {

    static final double ERROR = 0.05;

    private final Objective objective;
    private final int repeats;
    private final double error;
    private final boolean strict;

    /** How a duel stands. */
    enum Verdict {
        OPEN,
        INCUMBENT,
        CHALLENGER
    }

    /** @param repeats how often a config may be run again, 1 or more */
    Duel(Objective objective, int repeats) {
        this(objective, repeats, ERROR, false);
    }

    /**
     * @param error how often a config that is no better may be crowned, above 0 and below 1
     * @param strict whether the incumbent stays where the test has not decided
     */
    Duel(Objective objective, int repeats, double error, boolean strict) {
        this.objective = objective;
        this.repeats = repeats;
        this.error = error;
        this.strict = strict;
    }

    boolean isStrict() {
        return strict;
    }

    Verdict verdict(Runs incumbent, Runs challenger, Optional<Noise> noise) {
        if (challenger.failed() > 0) {
            return Verdict.INCUMBENT;
        }
        if (incumbent.failed() > 0) {
            return challenger.measured() > 1 ? Verdict.CHALLENGER : Verdict.OPEN;
        }
        double lead = objective.loss(incumbent.mean()) - objective.loss(challenger.mean());
        double bound = noise.map(n -> bound(incumbent, challenger, n)).orElse(Double.POSITIVE_INFINITY);
        if (-lead > bound) {
            return Verdict.INCUMBENT;
        }
        if (lead > bound && incumbent.measured() > 1 && challenger.measured() > 1) {
            return Verdict.CHALLENGER;
        }
        if (strict && lead <= 0 && challenger.measured() > 1) {
            return Verdict.INCUMBENT;
        }
        if (incumbent.count() > repeats && challenger.count() > repeats) {
            return lead > 0 && !strict ? Verdict.CHALLENGER : Verdict.INCUMBENT;
        }
        return Verdict.OPEN;
    }

    /** The difference of the means that noise alone exceeds too seldom. */
    private double bound(Runs incumbent, Runs challenger, Noise noise) {
        double perLook = error / (2.0 * repeats);
        double quantile = new TDistribution(null, noise.repeats()).inverseCumulativeProbability(1 - perLook);
        return quantile * noise.sd() * Math.sqrt(1.0 / incumbent.measured() + 1.0 / challenger.measured());
    }

    /** Whether the challenger is run next in an open duel, or the incumbent. */
    boolean isChallengersTurn(Runs incumbent, Runs challenger) {
        return incumbent.failed() > 0 || challenger.count() <= incumbent.count();
    }
}
