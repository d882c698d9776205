package dev.chiron.prompts.reply;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import java.util.Optional;

/**
 * Finds the trial that a proposal repeats: the same config, or one that reads the same in a prompt. A model copies what it
 * reads, so that a copy of a trial has four digits where the trial had ten.
 */
final class Repeats {

    private static final int DIGITS = 4;
    /** Numbers further apart than this share of the larger one differ in four digits. */
    private static final double APART = 2e-3;

    private Repeats() {}

    static Optional<Trial> find(Config config, History history) {
        return history.find(config)
                .or(() -> history.inside().stream()
                        .filter(trial -> readsTheSame(config, trial.config()))
                        .findFirst());
    }

    /** The same among the trials that are still running. */
    static Optional<Pending> pending(Config config, History history) {
        return history.pending().stream()
                .filter(trial -> readsTheSame(config, trial.change().config()))
                .findFirst();
    }

    private static boolean readsTheSame(Config one, Config other) {
        return one.values().entrySet().stream()
                .allMatch(entry -> other.find(entry.getKey())
                        .filter(value -> readsTheSame(entry.getValue(), value))
                        .isPresent());
    }

    private static boolean readsTheSame(Value one, Value other) {
        if (one.equals(other)) {
            return true;
        }
        return one instanceof Value.Real a
                && other instanceof Value.Real b
                && Math.abs(a.number() - b.number()) <= APART * Math.max(Math.abs(a.number()), Math.abs(b.number()))
                && Numbers.text(a.number(), DIGITS).equals(Numbers.text(b.number(), DIGITS));
    }
}
