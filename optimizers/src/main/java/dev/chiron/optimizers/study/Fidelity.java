package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Value;

/**
 * How much of a whole training a run gets.
 *
 * @param name what it is called in the task, such as EPOCHS
 * @param amount a number above 0, at most that of a whole training
 * @param whole the number of a whole training
 */
public record Fidelity(String name, Value amount, Value whole) {

    /** @throws IllegalArgumentException if an amount is no number, or not above 0, or more than the whole */
    public Fidelity {
        if (!(number(amount) > 0 && number(amount) <= number(whole))) {
            throw new IllegalArgumentException(
                    name + " " + amount.text() + " of " + whole.text() + " is no part of a training");
        }
    }

    private static double number(Value value) {
        return value.asNumber().orElse(0);
    }

    /** The share of a whole training, above 0, at most 1. */
    public double share() {
        return number(amount) / number(whole);
    }

    /** In words: {@code EPOCHS 9 of 27}. */
    @Override
    public String toString() {
        return name + " " + amount.text() + " of " + whole.text();
    }
}
