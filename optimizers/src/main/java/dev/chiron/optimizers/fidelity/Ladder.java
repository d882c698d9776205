package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Fidelity;
import java.util.Optional;

/**
 * The parts of a training that a study knows: the whole, one η-th of it, one η-th of that, and so on down to the least. A rung is how often
 * the whole is divided: 0 is a whole training.
 *
 * @param name what the amount is called, such as EPOCHS
 * @param least a number above 0; where it and the whole are whole numbers, so are all amounts, and it is 1 or more
 * @param whole a number that is no smaller
 * @param reduction η, 2 or more
 */
public record Ladder(String name, Value least, Value whole, int reduction) {

    private static final double ROUNDING = 1e-9; // a logarithm may fall short of a whole number

    /** The lowest rung: how often the whole can be divided. */
    public int lowest() {
        return (int) Math.floor(Math.log(number(whole) / number(least)) / Math.log(reduction) + ROUNDING);
    }

    private static double number(Value value) {
        return value.asNumber().orElseThrow();
    }

    private boolean isWhole() {
        return least instanceof Value.Whole && whole instanceof Value.Whole;
    }

    /** How much of a training a rung is. */
    public Fidelity amount(int rung) {
        double amount = number(whole) / Math.pow(reduction, rung);
        return new Fidelity(
                name,
                rung == 0 ? whole : isWhole() ? new Value.Whole(Math.round(amount)) : new Value.Real(amount),
                whole);
    }

    /** The same as a change has it; empty for the whole. */
    public Optional<Fidelity> part(int rung) {
        return rung == 0 ? Optional.empty() : Optional.of(amount(rung));
    }

    /** The rung at which a change is run; empty if it is none of these. */
    public Optional<Integer> rung(Change change) {
        for (int rung = 0; rung <= lowest(); rung++) {
            if (part(rung).equals(change.fidelity())) {
                return Optional.of(rung);
            }
        }
        return Optional.empty();
    }
}
