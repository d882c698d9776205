package dev.chiron.optimizers.study;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * When a study has done enough: whatever is reached first. What is empty has no bound. The bounds of the model end its
 * turns, and not the study.
 *
 * @param trials trials run, the baseline included; at least 1
 * @param trainings whole trainings run, of which a part of one counts for its share; above 0
 * @param trainTime time spent in training runs, added up over trials; above 0
 * @param llmUsd what the model may cost, in US dollars; 0 or more
 * @param llmTokens the tokens that it may read and write together; 0 or more
 * @param llmCalls how often it may be called, retries included; 0 or more
 */
public record Budget(
        OptionalInt trials,
        OptionalDouble trainings,
        Optional<Duration> trainTime,
        OptionalDouble llmUsd,
        OptionalLong llmTokens,
        OptionalInt llmCalls) {

    /** A share of a training that rounding may leave over. */
    private static final double ROUNDING = 1e-6;

    /** @throws IllegalArgumentException if a bound is negative or not a number, or one trial cannot be run within it */
    public Budget {
        if (trials.isPresent() && trials.getAsInt() < 1) {
            throw new IllegalArgumentException("a budget has room for one trial or more, not " + trials.getAsInt());
        }
        if (trainings.isPresent() && !(trainings.getAsDouble() > 0 && Double.isFinite(trainings.getAsDouble()))) {
            throw new IllegalArgumentException("a budget's trainings are above 0, not " + trainings.getAsDouble());
        }
        if (trainTime.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
            throw new IllegalArgumentException("a budget's training time is above 0, not " + trainTime.get());
        }
        if (llmUsd.isPresent() && !(llmUsd.getAsDouble() >= 0 && Double.isFinite(llmUsd.getAsDouble()))) {
            throw new IllegalArgumentException("a budget's dollars are 0 or more, not " + llmUsd.getAsDouble());
        }
        if (llmTokens.orElse(0) < 0 || llmCalls.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "a budget's tokens and calls are 0 or more: " + llmTokens + ", " + llmCalls);
        }
    }

    /** Without bounds on tokens and calls. */
    public Budget(OptionalInt trials, Optional<Duration> trainTime, OptionalDouble llmUsd) {
        this(trials, OptionalDouble.empty(), trainTime, llmUsd, OptionalLong.empty(), OptionalInt.empty());
    }

    /** Without a bound on whole trainings. */
    public Budget(
            OptionalInt trials,
            Optional<Duration> trainTime,
            OptionalDouble llmUsd,
            OptionalLong llmTokens,
            OptionalInt llmCalls) {
        this(trials, OptionalDouble.empty(), trainTime, llmUsd, llmTokens, llmCalls);
    }

    /** So many trials, and no other bound. */
    public static Budget ofTrials(int trials) {
        return new Budget(OptionalInt.of(trials), Optional.empty(), OptionalDouble.empty());
    }

    /** Whether another trial may start after so many, each a whole training, which trained for so long in all. */
    public boolean allows(int trialsDone, Duration trained) {
        return allows(trialsDone, trialsDone, trained);
    }

    /**
     * Whether another trial may start after so many, which trained for so long in all.
     *
     * @param wholes how many whole trainings they were, parts of one by their share
     */
    public boolean allows(int trialsDone, double wholes, Duration trained) {
        return (trials.isEmpty() || trialsDone < trials.getAsInt())
                && (trainings.isEmpty() || wholes < trainings.getAsDouble() - ROUNDING)
                && (trainTime.isEmpty() || trained.compareTo(trainTime.get()) < 0);
    }
}
