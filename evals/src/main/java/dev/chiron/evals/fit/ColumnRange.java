package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a column of a table was tuned over, as far as its cells show. */
record ColumnRange(String column, List<String> cells) {

    private static final double WIDE = 10; // a range whose ends have a lower ratio is searched as it is
    private static final int MOST_OPTIONS = 50;
    private static final int MOST_NUMBERS = 8; // of a choice that has some, such as auto, 1, 2 and 4

    ColumnRange {
        cells = List.copyOf(cells);
    }

    /**
     * The parameter; empty if all cells are the same.
     *
     * @throws BadInput if it is a text of too many kinds to be a choice
     */
    Optional<Parameter> parameter() {
        List<String> different = cells.stream().distinct().toList();
        if (different.size() < 2) {
            return Optional.empty();
        }
        if (different.stream().allMatch(cell -> cell.matches("[+-]?\\d{1,15}"))) {
            return Optional.of(whole(different));
        }
        if (different.stream().allMatch(ColumnRange::isNumber)) {
            double[] numbers =
                    different.stream().mapToDouble(Double::parseDouble).sorted().toArray();
            double low = numbers[0];
            double high = numbers[numbers.length - 1];
            return low == high
                    ? Optional.empty()
                    : Optional.of(new Parameter.Real(column, low, high, isLogarithmic(numbers)));
        }
        if (different.size() > MOST_OPTIONS) {
            throw new BadInput("column " + column + " has " + different.size()
                    + " different texts, which is no choice; leave it out with --ignore " + column);
        }
        return Optional.of(
                Parameter.Choice.of(column, different.stream().sorted().toArray(String[]::new)));
    }

    /** The place of the first cell that is no number where more than half are, and too many different ones for options. */
    OptionalInt stray() {
        List<String> numbers = cells.stream().filter(ColumnRange::isNumber).toList();
        boolean most =
                2 * numbers.size() > cells.size() && numbers.stream().distinct().count() > MOST_NUMBERS;
        return most
                ? IntStream.range(0, cells.size())
                        .filter(place -> !isNumber(cells.get(place)))
                        .findFirst()
                : OptionalInt.empty();
    }

    private Parameter whole(List<String> different) {
        long[] numbers = different.stream().mapToLong(Long::parseLong).sorted().toArray();
        long low = numbers[0];
        long high = numbers[numbers.length - 1];
        boolean powers = numbers.length > 2 && low > 0;
        for (long number : numbers) {
            powers &= Long.bitCount(number) == 1;
        }
        double[] plain =
                LongStream.of(numbers).mapToDouble(number -> (double) number).toArray();
        return new Parameter.Whole(column, low, high, !powers && isLogarithmic(plain), 1, powers);
    }

    /** Whether the middle of what was tried lies nearer to the middle of the range by logarithms than as it is. */
    private static boolean isLogarithmic(double[] ascending) {
        double low = ascending[0];
        double high = ascending[ascending.length - 1];
        double middle = ascending[ascending.length / 2];
        if (low <= 0 || high / low < WIDE) {
            return false;
        }
        double plain = (middle - low) / (high - low);
        double byLogarithm = Math.log(middle / low) / Math.log(high / low);
        return Math.abs(byLogarithm - 0.5) < Math.abs(plain - 0.5);
    }

    private static boolean isNumber(String cell) {
        try {
            return Double.isFinite(Double.parseDouble(cell));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A cell as a value of its column's parameter. */
    static Value value(Parameter parameter, String cell) {
        if (parameter instanceof Parameter.Choice) {
            return Value.of(cell);
        }
        return parameter instanceof Parameter.Whole
                ? Value.of(Long.parseLong(cell))
                : Value.of(Double.parseDouble(cell));
    }
}
