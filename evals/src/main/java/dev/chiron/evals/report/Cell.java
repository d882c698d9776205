package dev.chiron.evals.report;

import java.util.Locale;

/**
 * A cell of a table.
 *
 * @param shown to readers
 * @param raw for programs: numbers in full, empty for none
 * @param isNumber whether it is set to the right
 */
record Cell(String shown, String raw, boolean isNumber) {

    private static final String NOTHING = "-";

    static Cell text(String text) {
        return new Cell(text, text, false);
    }

    static Cell none() {
        return new Cell(NOTHING, "", true);
    }

    static Cell count(long count) {
        return new Cell(Long.toString(count), Long.toString(count), true);
    }

    /** A number with five digits. */
    static Cell number(double value) {
        return Double.isFinite(value) ? new Cell(digits(value), Double.toString(value), true) : none();
    }

    /** A number with three digits. */
    static Cell rough(double value) {
        return Double.isFinite(value)
                ? new Cell(value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value), Double.toString(value), true)
                : none();
    }

    /** A number with two decimals. */
    static Cell decimals(double value) {
        return Double.isFinite(value)
                ? new Cell(String.format(Locale.ROOT, "%.2f", value), Double.toString(value), true)
                : none();
    }

    /** A share as per cent. */
    static Cell share(double share) {
        return Double.isFinite(share) ? new Cell(percent(share), Double.toString(share), true) : none();
    }

    static Cell probability(double p) {
        return new Cell(p(p), Double.toString(p), true);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String p(double p) {
        return String.format(Locale.ROOT, p < 0.0001 ? "%.1e" : "%.4f", p);
    }

    static String digits(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
