package dev.chiron.optimizers.importance;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;

/**
 * The cells that values of a parameter are counted in (Optuna 5's PED-ANOVA): of a number at most fifty, evenly spaced on its scale;
 * of a choice its options.
 *
 * @param count how many there are, 1 or more
 * @param choice whether they have no order
 */
record Cells(Parameter parameter, int count, boolean choice) {

    private static final int MOST = 50;

    static Cells of(Parameter parameter) {
        if (parameter instanceof Parameter.Choice options) {
            return new Cells(parameter, options.options().size(), true);
        }
        return new Cells(parameter, parameter instanceof Parameter.Whole whole ? count(whole) : MOST, false);
    }

    private static int count(Parameter.Whole whole) {
        if (whole.powersOfTwo()) {
            return Long.numberOfTrailingZeros(whole.high()) - Long.numberOfTrailingZeros(whole.low()) + 1;
        }
        if (whole.log()) {
            double doublings = Math.log((double) whole.high() - whole.low() + 1) / Math.log(2);
            return Math.min(MOST, (int) Math.ceil(doublings) + 1);
        }
        return (int) Math.min(MOST, (whole.high() - whole.low()) / whole.step() + 1);
    }

    /** The nearest cell; of two as near the lower. */
    int cell(Value value) {
        if (parameter instanceof Parameter.Choice options) {
            return options.index(value);
        }
        return (int) Math.max(0, Math.ceil(place(value) * (count - 1) - 0.5));
    }

    /** Between the ends of the range, 0 to 1. */
    private double place(Value value) {
        if (count == 1) {
            return 0;
        }
        if (parameter instanceof Parameter.Whole whole) {
            double number = ((Value.Whole) value).number();
            double low = whole.low();
            double high = whole.high();
            return whole.log() || whole.powersOfTwo()
                    ? (Math.log(number) - Math.log(low)) / (Math.log(high) - Math.log(low))
                    : (number - low) / (high - low);
        }
        return parameter.encode(value);
    }
}
