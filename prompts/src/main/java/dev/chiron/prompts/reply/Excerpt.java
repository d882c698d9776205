package dev.chiron.prompts.reply;

import java.util.regex.Pattern;

/** The beginning of a foreign text, fit for a line of a journal, a terminal or a prompt. */
final class Excerpt {

    /** What moves a cursor, turns or hides text, or ends a line; and halves of characters, which no file can hold. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private Excerpt() {}

    /** At most {@code longest} characters of the text, on one line. */
    static String of(String text, int longest) {
        return UNFIT.matcher(text.substring(0, Math.min(text.length(), longest)))
                .replaceAll(" ")
                .strip();
    }
}
