package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Value;

/**
 * An ordered parameter as a line: a real number itself or its logarithm, a whole number likewise in steps, the exponent of a
 * power of two, the place of an ordered option.
 *
 * @param low lower end, half a step below the least value of a discrete parameter
 * @param high upper end, likewise
 * @param step of the values before a logarithm is taken; 0 for a continuous parameter
 * @param log whether the line is that of the logarithms
 */
record Scale(double low, double high, double step, boolean log) {

    /** With more values than this a step is so small beside a kernel that density stands for mass. */
    private static final int MOST_CELLS = 200;

    static Scale of(Parameter parameter) {
        if (parameter.isFixed()) {
            return discrete(0, 0, 1, false);
        }
        if (parameter instanceof Parameter.Real real) {
            return continuous(real.low(), real.high(), real.log());
        }
        if (parameter instanceof Parameter.Whole whole) {
            return whole.powersOfTwo()
                    ? discrete(exponent(whole.low()), exponent(whole.high()), 1, false)
                    : discrete((double) whole.low(), (double) whole.high(), (double) whole.step(), whole.log());
        }
        if (parameter instanceof Choice choice) {
            return discrete(0, choice.options().size() - 1.0, 1, false);
        }
        throw new AssertionError(parameter);
    }

    static Scale continuous(double low, double high, boolean log) {
        return new Scale(log ? Math.log(low) : low, log ? Math.log(high) : high, 0, log);
    }

    static Scale discrete(double low, double high, double step, boolean log) {
        double below = log ? Math.max(low - step / 2, low / 2) : low - step / 2; // a logarithm needs room above 0
        double above = high + step / 2;
        return new Scale(log ? Math.log(below) : below, log ? Math.log(above) : above, step, log);
    }

    private static double exponent(long power) {
        return Math.rint(Math.log((double) power) / Math.log(2));
    }

    /** Whether a value stands for a cell of the line that is wide enough to be told from its middle. */
    boolean hasCells() {
        return step > 0 && (plain(high) - plain(low)) / step <= MOST_CELLS;
    }

    /** How many cells there are. */
    int cells() {
        return (int) Math.rint((plain(high) - plain(low)) / step);
    }

    /** The cell of a place, from 0. */
    int cell(double place) {
        return Math.max(0, Math.min(cells() - 1, (int) Math.rint((plain(place) - plain(low)) / step - 0.5)));
    }

    /** Where a value lies. */
    double place(Parameter parameter, Value value) {
        if (parameter.isFixed()) {
            return 0;
        }
        if (parameter instanceof Choice choice) {
            return choice.index(value);
        }
        double number = value.asNumber().orElseThrow();
        if (parameter instanceof Parameter.Whole whole && whole.powersOfTwo()) {
            return exponent((long) number);
        }
        return log ? Math.log(number) : number;
    }

    /** The allowed value nearest to a place inside. */
    Value value(Parameter parameter, double place) {
        if (parameter.isFixed()) {
            return parameter.decode(Parameter.MIDDLE);
        }
        if (parameter instanceof Choice choice) {
            return choice.options().get((int) Math.rint(inside(place)));
        }
        if (parameter instanceof Parameter.Whole whole) {
            double number = whole.powersOfTwo() ? Math.pow(2, Math.rint(inside(place))) : plain(place);
            double clipped = Math.min((double) whole.high(), Math.max((double) whole.low(), Math.rint(number)));
            return whole.nearest(Value.of((long) clipped));
        }
        Parameter.Real real = (Parameter.Real) parameter;
        return real.nearest(Value.of(Math.min(real.high(), Math.max(real.low(), plain(place)))));
    }

    /** The lower end of the cell of a place. */
    double cellBelow(double place) {
        return edge(place, -step / 2);
    }

    /** The upper end of the cell of a place. */
    double cellAbove(double place) {
        return edge(place, step / 2);
    }

    private double edge(double place, double offset) {
        if (!log) {
            return place + offset;
        }
        double moved = Math.exp(place) + offset;
        return moved <= Math.exp(low) ? low : Math.log(moved);
    }

    private double plain(double place) {
        return log ? Math.exp(place) : place;
    }

    private double inside(double place) {
        return Math.min(high - 0.5, Math.max(low + 0.5, place));
    }
}
