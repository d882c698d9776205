package dev.chiron.agent.earlier;

import java.util.regex.Pattern;

/**
 * Cells of tables that people open in a spreadsheet, which takes a text that begins with =, +, - or @ for a formula and works it out: models and
 * agents write some of these texts. An apostrophe in front makes it a text again (OWASP, CSV injection). Numbers stay numbers.
 */
public final class Guarded {

    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r\n].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern WRITTEN = Pattern.compile("'[=+\\-@].*", Pattern.DOTALL);

    private Guarded() {}

    /** A cell as it is written. */
    public static String text(String cell) {
        return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
    }

    /** A cell that was read, as it was before it was written. */
    static String plain(String cell) {
        return WRITTEN.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
