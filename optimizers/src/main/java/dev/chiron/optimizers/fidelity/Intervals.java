package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Fidelity;
import java.util.Optional;

/**
 * A training in pieces of equal length, each of which goes on from the one before. A step is how many of them are over.
 *
 * @param name what the amount is called, such as EPOCHS
 * @param length of each but perhaps the last, a number above 0
 * @param whole a whole training, no shorter; where both are whole numbers, so are all amounts
 */
public record Intervals(String name, Value length, Value whole) {

    private static final double ROUNDING = 1e-9; // a quotient may fall short of a whole number

    /** How many there are. */
    public int count() {
        return (int) Math.ceil(number(whole) / number(length) - ROUNDING);
    }

    private static double number(Value value) {
        return value.asNumber().orElseThrow();
    }

    /** How much of a training the first so many are; 1 or more. */
    public Fidelity amount(int step) {
        if (step >= count()) {
            return new Fidelity(name, whole, whole);
        }
        Value amount = length instanceof Value.Whole each && whole instanceof Value.Whole
                ? new Value.Whole(each.number() * step)
                : new Value.Real(number(length) * step);
        return new Fidelity(name, amount, whole);
    }

    /** The same as a change has it; empty for the whole. */
    public Optional<Fidelity> part(int step) {
        return step >= count() ? Optional.empty() : Optional.of(amount(step));
    }

    /** How many are over at the end of a change's run; empty if it ends within one. */
    public Optional<Integer> step(Change change) {
        double share = change.fidelity().map(Fidelity::share).orElse(1.0);
        int near = Math.max(1, (int) Math.round(share * number(whole) / number(length)));
        for (int step : new int[] {near, near + 1}) {
            if (step <= count() && part(step).equals(change.fidelity())) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }
}
