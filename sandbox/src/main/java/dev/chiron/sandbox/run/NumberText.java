package dev.chiron.sandbox.run;

import java.util.Locale;

/** Numbers as training scripts print them: {@code 1e-5}, {@code +3}, {@code .5}, {@code 1_000}, {@code nan}, {@code -inf}. */
final class NumberText {

    /** Matches one number; written without loops that could backtrack. */
    static final String REGEX = "[+-]?(?:(?:[0-9][0-9_]*+(?:\\.[0-9_]*+)?|\\.[0-9][0-9_]*+)(?:[eE][+-]?[0-9]++)?"
            + "|(?i:nan|inf(?:inity)?)(?![A-Za-z0-9_]))"
            // what goes on is no number that we could read: 1,000 and 12/100 and 10 / 20 and 1.2.3 and 2..3 and 0x10
            // and 12:30
            + "(?![0-9_/xX]|[.,:][0-9]|\\.\\.|[ \t]{1,4}/)";

    private NumberText() {}

    /** The value of a text that {@link #REGEX} matches; too large is infinite. */
    static double parse(String text) {
        String plain = text.replace("_", "").toLowerCase(Locale.ROOT);
        if (plain.endsWith("nan")) {
            return Double.NaN;
        }
        if (plain.contains("inf")) {
            return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(plain);
    }
}
