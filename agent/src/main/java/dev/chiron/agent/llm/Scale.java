package dev.chiron.agent.llm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A numeric range as a prompt writes it: maps numbers to [0, 1] and back, onto the range's grid.
 *
 * @param step distance of the grid's numbers from {@code low} on; 0 for none
 * @param powers whether the grid are the powers of two
 */
record Scale(double low, double high, boolean whole, boolean log, long step, boolean powers) {

    private static final Pattern RANGE = Pattern.compile("(float|int) in \\[([^,]+), ([^]]+)](.*)");
    private static final Pattern STEPS = Pattern.compile("in steps of (\\d+)");

    /** The scale of a range such as {@code int in [4, 64], in steps of 4}; empty if the text is none. */
    static Optional<Scale> read(String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean whole = matcher.group(1).equals("int");
        boolean powers = matcher.group(4).contains("powers of two");
        Matcher steps = STEPS.matcher(matcher.group(4));
        return Optional.of(new Scale(
                Double.parseDouble(matcher.group(2)),
                Double.parseDouble(matcher.group(3)),
                whole,
                powers || matcher.group(4).contains("log scale"),
                steps.find() ? Long.parseLong(steps.group(1)) : whole ? 1 : 0,
                powers));
    }

    /** The place of a number, 0 at the low end and 1 at the high one. */
    double place(double number) {
        return (scaled(number) - scaled(low)) / (scaled(high) - scaled(low));
    }

    /** The number at a place, or the nearest one of the grid; places outside [0, 1] are taken as the nearer end. */
    double number(double place) {
        if (place <= 0 || place >= 1) {
            return place <= 0 ? low : high;
        }
        double scaled = scaled(low) + place * (scaled(high) - scaled(low));
        double number = log ? StrictMath.exp(scaled) : scaled;
        double nearest = powers
                ? StrictMath.pow(2, Math.rint(StrictMath.log(number) / StrictMath.log(2)))
                : step > 0 ? low + step * Math.rint((number - low) / step) : number;
        return Math.min(high, Math.max(low, nearest));
    }

    /** How far the next number of the grid is from this one, as a difference of places. */
    double gap(double number) {
        double next = powers ? number * 2 : number + step;
        return place(next) - place(number);
    }

    private double scaled(double number) {
        return log ? StrictMath.log(number) : number;
    }
}
