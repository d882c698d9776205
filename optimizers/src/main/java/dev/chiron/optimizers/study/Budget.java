package dev.chiron.optimizers.study;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a study has done enough: whatever is reached first. What is empty has no bound.
 *
 * @param trials trials run, the baseline included; at least 1
 * @param trainTime time spent in training runs, added up over trials; above 0
 * @param llmUsd what the model may cost, in US dollars; 0 or more
 */
public record Budget(OptionalInt trials, Optional<Duration> trainTime, OptionalDouble llmUsd) {

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

    /** Whether the model may be asked again after it has cost so many dollars. */
    public boolean allowsModel(double spentUsd) {
        return llmUsd.isEmpty() || spentUsd < llmUsd.getAsDouble();
    }
}
