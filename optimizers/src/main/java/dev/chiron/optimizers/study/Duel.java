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
 *
 * <p>A strict duel is given up as soon as the challenger can hardly win it any more: when its lead, and half a standard error more,
 * would not be enough for the test after the last repeat (stochastic curtailment, Lan, Simon and Halperin 1982). That makes no
 * challenger win which else would not, and saves most of the repeats that small gains cost.
 */
final class Duel {

    static final double ERROR = 0.05;

    /** How many standard errors a challenger's lead may still grow before it is given up; measured, see docs/papers.md. */
    private static final double HOPE = 0.5;

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
        if (strict && challenger.measured() > 1 && (lead <= 0 || isHopeless(lead, incumbent, challenger, noise))) {
            return Verdict.INCUMBENT;
        }
        if (incumbent.count() > repeats && challenger.count() > repeats) {
            return lead > 0 && !strict ? Verdict.CHALLENGER : Verdict.INCUMBENT;
        }
        return Verdict.OPEN;
    }

    private boolean isHopeless(double lead, Runs incumbent, Runs challenger, Optional<Noise> noise) {
        int full = repeats + 1;
        int left = Math.max(0, full - incumbent.count()) + Math.max(0, full - challenger.count());
        return noise.filter(known -> lead + HOPE * known.ofDifference(incumbent.measured(), challenger.measured())
                        < quantile(known.repeats() + left)
                                * known.ofDifference(Math.max(full, incumbent.measured()), full))
                .isPresent();
    }

    /** The difference of the means that noise alone exceeds too seldom. */
    private double bound(Runs incumbent, Runs challenger, Noise noise) {
        return quantile(noise.repeats()) * noise.ofDifference(incumbent.measured(), challenger.measured());
    }

    private double quantile(int degreesOfFreedom) {
        double perLook = error / (2.0 * repeats);
        return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(1 - perLook);
    }

    /** Whether the challenger is run next in an open duel, or the incumbent. */
    boolean isChallengersTurn(Runs incumbent, Runs challenger) {
        return incumbent.failed() > 0 || challenger.count() <= incumbent.count();
    }
}
