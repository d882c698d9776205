package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.Parameter.Whole;
import dev.chiron.optimizers.space.Value;
import java.util.Optional;

/**
 * A coordinate of one space as that of another with the parameter of the same name and kind.
 *
 * @param mean where the same value lies, or the nearest end
 * @param factor how much longer a short step from there is; exact for any step where only the range is another
 */
record Reencoded(double mean, double factor) {

    /** Empty where the two have nothing in common. */
    static Optional<Reencoded> of(Parameter from, Parameter to, double mean) {
        if (from.equals(to)) {
            return Optional.of(new Reencoded(mean, 1));
        }
        boolean reals = from instanceof Real && to instanceof Real;
        if (reals || (from instanceof Whole && to instanceof Whole)) {
            return Optional.of(number(Line.of(from), Line.of(to), mean));
        }
        return from instanceof Choice a && to instanceof Choice b && a.ordered() && b.ordered()
                ? option(a, b, mean)
                : Optional.empty();
    }

    private static Reencoded number(Line from, Line to, double mean) {
        if (from.log == to.log) {
            return new Reencoded(inBox(to.place(from.scaled(mean))), to.perUnit / from.perUnit);
        }
        double value = from.log ? StrictMath.exp(from.scaled(mean)) : from.scaled(mean);
        double there = Math.min(to.high, Math.max(to.low, value));
        double here = Math.min(from.high, Math.max(from.low, value));
        double factor = to.perUnit * to.steepness(there) / (from.perUnit * from.steepness(here));
        return new Reencoded(inBox(to.place(to.scale(there))), factor);
    }

    /** Options keep their place on the line only as far as their neighbours stay. */
    private static Optional<Reencoded> option(Choice from, Choice to, double mean) {
        Value option = from.decode(mean);
        if (to.problem(option).isPresent()) {
            return Optional.empty();
        }
        double factor = (double) from.options().size() / to.options().size();
        return Optional.of(new Reencoded(inBox(to.encode(option) + (mean - from.encode(option)) * factor), factor));
    }

    private static double inBox(double place) {
        return Math.min(1, Math.max(0, place));
    }

    /**
     * The unit interval of a number: it is linear in the number or in its logarithm.
     *
     * @param atLow where the lowest value lies
     * @param perUnit the length of 1 there
     */
    private record Line(boolean log, double low, double high, double atLow, double perUnit) {

        static Line of(Parameter parameter) {
            if (parameter instanceof Real real) {
                return of(real, new Value.Real(real.low()), new Value.Real(real.high()), real.log());
            }
            Whole whole = (Whole) parameter;
            return of(
                    whole,
                    new Value.Whole(whole.low()),
                    new Value.Whole(whole.high()),
                    whole.log() || whole.powersOfTwo());
        }

        private static Line of(Parameter parameter, Value low, Value high, boolean log) {
            double first = low.asNumber().orElseThrow();
            double last = high.asNumber().orElseThrow();
            double length = log ? StrictMath.log(last) - StrictMath.log(first) : last - first;
            double atLow = parameter.encode(low);
            return new Line(log, first, last, atLow, (parameter.encode(high) - atLow) / length);
        }

        double scale(double value) {
            return log ? StrictMath.log(value) : value;
        }

        double scaled(double place) {
            return scale(low) + (place - atLow) / perUnit;
        }

        double place(double scaled) {
            return atLow + (scaled - scale(low)) * perUnit;
        }

        double steepness(double value) {
            return log ? 1 / value : 1;
        }
    }
}
