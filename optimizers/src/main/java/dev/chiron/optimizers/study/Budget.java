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
 * @param trainTime time spent in training runs, added up over trials; above 0
 * @param llmUsd what the model may cost, in US dollars; 0 or more
 * @param llmTokens the tokens that it may read and write together; 0 or more
 * @param llmCalls how often it may be called, retries included; 0 or more
 */
public record Budget(
        OptionalInt trials,
        Optional<Duration> trainTime,
        OptionalDouble llmUsd,
        OptionalLong llmTokens,
        OptionalInt llmCalls) {

    /** @throws IllegalArgumentException if a bound is negative or not a number, or one trial cannot be run within it */
    public Budget {
        if (trials.isPresent() && trials.getAsInt() < 1) {
            throw new IllegalArgumentException("a budget has room for one trial or more, not " + trials.getAsInt());
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
        this(trials, trainTime, llmUsd, OptionalLong.empty(), OptionalInt.empty());
    }

    /** So many trials, and no other bound. */
    public static Budget ofTrials(int trials) {
        return new Budget(OptionalInt.of(trials), Optional.empty(), OptionalDouble.empty());
    }

    /** Whether another trial may start after so many, which trained for so long in all. */
    public boolean allows(int trialsDone, Duration trained) {
        return (trials.isEmpty() || trialsDone < trials.getAsInt())
                && (trainTime.isEmpty() || trained.compareTo(trainTime.get()) < 0);
    }
}
