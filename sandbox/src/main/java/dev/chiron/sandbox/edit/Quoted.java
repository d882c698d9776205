package dev.chiron.sandbox.edit;

import dev.chiron.optimizers.study.PlainText;

/** Lines of scripts as messages show them. */
final class Quoted {

    private static final int LONGEST = 120;

    private Quoted() {}

    /** The line's beginning in quotes. */
    static String line(String line) {
        String plain = PlainText.line(line.substring(0, Math.min(LONGEST, line.length())));
        return plain.isEmpty() ? "an empty line" : "\"" + plain + "\"";
    }
}
