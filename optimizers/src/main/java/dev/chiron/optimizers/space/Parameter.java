package dev.chiron.optimizers.space;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One thing that can be tuned. A parameter maps its values to the unit interval and back; {@code decode(encode(v))} is
 * {@code v} for every value that it allows.
 */
public sealed interface Parameter {

    /** The name, as in the script. */
    String name();

    /** The value at {@code u}; {@code u} outside [0, 1] is taken as the nearer end. */
    Value decode(double u);

    /** The place of an allowed value, in [0, 1]. */
    double encode(Value value);

    /**
     * The positions in [0, 1] that stand for the values of a discrete parameter, ascending; {@code decode} takes the
     * nearest. Empty for a continuous parameter, for one of more than {@value #MAX_GRID} values, and for an unordered
     * choice, whose order means nothing.
     */
    List<Double> grid();

    /** Why the value cannot be used (wrong type, out of range, unknown option); empty when {@link #nearest} may be used. */
    Optional<String> problem(Value value);

    /** The allowed value nearest to a value without {@link #problem}: numbers are brought onto the grid. */
    Value nearest(Value value);

    /** Whether it has only one value, such as a number whose low equals its high. */
    boolean isFixed();

    /** The parameter's type and range in words, for messages and prompts. */
    String describe();

    /** Parameters with more values than this count as continuous. */
    int MAX_GRID = 4096;

    /** Where the value of a fixed parameter lies. */
    double MIDDLE = 0.5;

    /**
     * A real number in [low, high], linear or logarithmic.
     *
     * <p>Values are rounded to ten significant digits of their scale, so that what is written into a script, journalled
     * and encoded again is one and the same number.
     */
    record Real(String name, double low, double high, boolean log) implements Parameter {
        private static final int DIGITS = 10;

        private static final int MOST_DIGITS = 14;

        public Real {
            if (!(low <= high) || !Double.isFinite(low) || !Double.isFinite(high)) {
                throw new IllegalArgumentException(
                        "low must not be above high for " + name + ": [" + low + ", " + high + "]");
            }
            if (log && low <= 0) {
                throw new IllegalArgumentException("a log scale needs low above 0 for " + name + ": " + low);
            }
            if (!Double.isFinite(high - low)) {
                throw new IllegalArgumentException(
                        "the range is too wide for " + name + ": [" + low + ", " + high + "]");
            }
        }

        @Override
        public Value decode(double u) {
            double inside = Math.min(1.0, Math.max(0.0, u));
            if (inside == 0 || inside == 1 || isFixed()) {
                return new Value.Real(inside == 0 ? low : high); // the ends are exact, however many digits they have
            }
            double number = log
                    ? StrictMath.exp(StrictMath.log(low) + inside * (StrictMath.log(high) - StrictMath.log(low)))
                    : low + inside * (high - low);
            return new Value.Real(round(number));
        }

        @Override
        public double encode(Value value) {
            double number = number(this, value);
            if (isFixed()) {
                return MIDDLE;
            }
            double u = log
                    ? (StrictMath.log(number) - StrictMath.log(low)) / (StrictMath.log(high) - StrictMath.log(low))
                    : (number - low) / (high - low);
            return Math.min(1.0, Math.max(0.0, u));
        }

        @Override
        public List<Double> grid() {
            return isFixed() ? List.of(MIDDLE) : List.of();
        }

        @Override
        public boolean isFixed() {
            return low == high;
        }

        @Override
        public Optional<String> problem(Value value) {
            return problemOfNumber(this, value, low, high);
        }

        @Override
        public Value nearest(Value value) {
            return new Value.Real(round(number(this, value)));
        }

        @Override
        public String describe() {
            return String.format(
                    Locale.ROOT,
                    "float in [%s, %s]%s",
                    Numbers.text(low),
                    Numbers.text(high),
                    log ? ", log scale" : "");
        }

        private double round(double number) {
            if (number == low || number == high) {
                return number;
            }
            double rounded = log ? Rounding.significant(number, DIGITS) : Rounding.decimals(number, decimals());
            return Math.min(high, Math.max(low, rounded));
        }

        /** Ten digits of the range, but no more than a double has at the larger end. */
        private int decimals() {
            int ofRange = DIGITS - (int) Math.floor(StrictMath.log10(high - low));
            int ofDouble = MOST_DIGITS - (int) Math.floor(StrictMath.log10(Math.max(Math.abs(low), Math.abs(high))));
            return Math.min(ofRange, ofDouble);
        }
    }

    /**
     * A whole number in [low, high]: every {@code step}-th from low, or the powers of two; linear or logarithmic. The
     * unit interval reaches half a gap beyond both ends, so that a uniform point gives each value its share.
     */
    record Whole(String name, long low, long high, boolean log, long step, boolean powersOfTwo) implements Parameter {

        /** Beyond this the unit interval cannot tell neighbours apart on a log scale. */
        private static final long MOST = 1L << 40;

        public Whole {
            if (low > high) {
                throw new IllegalArgumentException(
                        "low must not be above high for " + name + ": [" + low + ", " + high + "]");
            }
            if (step < 1) {
                throw new IllegalArgumentException("step must be at least 1 for " + name + ": " + step);
            }
            if ((log || powersOfTwo) && low < 1) {
                throw new IllegalArgumentException("a log scale needs low above 0 for " + name + ": " + low);
            }
            if (powersOfTwo && step != 1) {
                throw new IllegalArgumentException("powers_of_two and step exclude each other for " + name);
            }
            if (powersOfTwo && (Long.bitCount(low) != 1 || Long.bitCount(high) != 1)) {
                throw new IllegalArgumentException(
                        "low and high must be powers of two for " + name + ": [" + low + ", " + high + "]");
            }
            if (!powersOfTwo && (low < -MOST || high > MOST)) {
                throw new IllegalArgumentException("the range is too wide for " + name + ": [" + low + ", " + high
                        + "]; whole numbers go up to " + MOST);
            }
            if (low < high && high - low < step) {
                throw new IllegalArgumentException("step leaves only one value for " + name + ": " + step);
            }
            if (!powersOfTwo && (high - low) % step != 0) {
                high = low + (high - low) / step * step;
            }
        }

        /** Every whole number in [low, high]. */
        public Whole(String name, long low, long high) {
            this(name, low, high, false, 1, false);
        }

        @Override
        public Value decode(double u) {
            double inside = Math.min(1.0, Math.max(0.0, u));
            double scaled = bottom() + inside * (top() - bottom());
            return new Value.Whole(at(indexNear(scaled)));
        }

        @Override
        public double encode(Value value) {
            return (scale((long) number(this, value)) - bottom()) / (top() - bottom());
        }

        @Override
        public List<Double> grid() {
            if (last() >= MAX_GRID) {
                return List.of();
            }
            Double[] grid = new Double[(int) last() + 1];
            for (int i = 0; i < grid.length; i++) {
                grid[i] = (scale(at(i)) - bottom()) / (top() - bottom());
            }
            return List.of(grid);
        }

        @Override
        public boolean isFixed() {
            return low == high;
        }

        @Override
        public Optional<String> problem(Value value) {
            Optional<String> problem = problemOfNumber(this, value, (double) low, (double) high);
            if (problem.isEmpty() && value instanceof Value.Real real && real.number() != Math.rint(real.number())) {
                return Optional.of(name + " must be a whole number, not " + value.text());
            }
            return problem;
        }

        @Override
        public Value nearest(Value value) {
            return new Value.Whole(at(indexNear(scale((long) number(this, value)))));
        }

        @Override
        public String describe() {
            String grid = powersOfTwo ? ", powers of two" : step > 1 ? ", in steps of " + step : "";
            return "int in [" + low + ", " + high + "]" + (log && !powersOfTwo ? ", log scale" : "") + grid;
        }

        private boolean logarithmic() {
            return log || powersOfTwo;
        }

        private double scale(long number) {
            return logarithmic() ? StrictMath.log((double) number) : (double) number;
        }

        private double bottom() {
            return scale(low) - (scale(at(1)) - scale(low)) / 2;
        }

        private double top() {
            return isFixed() ? 2 * scale(low) - bottom() : scale(high) + (scale(high) - scale(at(last() - 1))) / 2;
        }

        private long last() {
            return powersOfTwo
                    ? Long.numberOfTrailingZeros(high) - Long.numberOfTrailingZeros(low)
                    : (high - low) / step;
        }

        private long at(long index) {
            return powersOfTwo ? low << index : low + index * step;
        }

        /** The index whose scaled value is nearest; a tie goes to the lower one. */
        private long indexNear(double scaled) {
            double guess = powersOfTwo
                    ? (scaled - scale(low)) / StrictMath.log(2)
                    : ((log ? StrictMath.exp(scaled) : scaled) - low) / step;
            long index = Math.max(0, Math.min(last(), (long) Math.floor(guess)));
            long next = Math.min(last(), index + 1);
            return scale(at(next)) - scaled < scaled - scale(at(index)) ? next : index;
        }
    }

    /** One of several options; ordered options lie on a line, unordered ones only differ. */
    record Choice(String name, List<Value> options, boolean ordered) implements Parameter {
        public Choice {
            options = List.copyOf(options);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("a choice needs an option: " + name);
            }
            if (options.stream().distinct().count() != options.size()) {
                throw new IllegalArgumentException("an option is given twice for " + name);
            }
        }

        /** An unordered choice of texts. */
        public static Choice of(String name, String... options) {
            return new Choice(
                    name, List.of(options).stream().<Value>map(Value.Text::new).toList(), false);
        }

        @Override
        public Value decode(double u) {
            double inside = Math.min(1.0, Math.max(0.0, u));
            return options.get(Math.min(options.size() - 1, (int) (inside * options.size())));
        }

        @Override
        public double encode(Value value) {
            return (index(value) + 0.5) / options.size();
        }

        /** The option's place in the list. */
        public int index(Value value) {
            int index = options.indexOf(nearest(value));
            if (index < 0) {
                throw new IllegalArgumentException(problem(value).orElse(""));
            }
            return index;
        }

        @Override
        public List<Double> grid() {
            return ordered ? options.stream().map(this::encode).toList() : List.of();
        }

        @Override
        public boolean isFixed() {
            return options.size() == 1;
        }

        @Override
        public Optional<String> problem(Value value) {
            return options.contains(nearest(value))
                    ? Optional.empty()
                    : Optional.of(name + " must be one of " + optionsText() + ", not " + value.text());
        }

        @Override
        public Value nearest(Value value) {
            if (options.contains(value)) {
                return value;
            }
            OptionalDouble number = value.asNumber(); // 4 and 4.0 are the same option, "4" is not
            return options.stream()
                    .filter(option -> number.isPresent() && option.asNumber().equals(number))
                    .findFirst()
                    .orElse(value);
        }

        @Override
        public String describe() {
            return "one of " + optionsText() + (ordered ? ", in this order" : "");
        }

        private String optionsText() {
            return options.stream().map(Value::text).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    private static double number(Parameter parameter, Value value) {
        return parameter.problem(value).isEmpty() && value.asNumber().isPresent()
                ? value.asNumber().getAsDouble()
                : fail(parameter.problem(value).orElse("not a number: " + value.text()));
    }

    private static double fail(String message) {
        throw new IllegalArgumentException(message);
    }

    private static Optional<String> problemOfNumber(Parameter parameter, Value value, double low, double high) {
        OptionalDouble number = value.asNumber();
        if (number.isEmpty()) {
            return Optional.of(parameter.name() + " must be a number, not " + value.text());
        }
        if (number.getAsDouble() < low || number.getAsDouble() > high) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s must lie in [%s, %s], not %s",
                    parameter.name(),
                    Numbers.text(low),
                    Numbers.text(high),
                    value.text()));
        }
        return Optional.empty();
    }
}
