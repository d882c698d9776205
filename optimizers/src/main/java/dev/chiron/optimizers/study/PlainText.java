package dev.chiron.optimizers.study;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Foreign texts (what a script printed, what a model wrote) made fit for a journal, a terminal or a prompt: who reads them sees all that is
 * in them, and nothing in them steers what shows them.
 */
public final class PlainText {

    /** By which terminals are steered (ECMA-48, control sequences). */
    private static final Pattern SEQUENCES = Pattern.compile("\\x1b\\[[0-?]*+[ -/]*+[@-~]");

    private static final Pattern ENDS = Pattern.compile("\\r\\n?|[\\u0085\\u2028\\u2029]");
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

    /** What moves a cursor, turns or hides text, or is half a character, which no file can hold. */
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}&&[^\\t\\n]]");

    private PlainText() {}

    /** The text on one line, without what a reader would not see. */
    public static String line(String text) {
        String plain = SEQUENCES.matcher(text).replaceAll("");
        return HIDDEN.matcher(BREAKS.matcher(plain).replaceAll(" "))
                .replaceAll("")
                .strip();
    }

    /** The text with its lines, each ended as Unix does it, and its tabs, without what a reader would not see. */
    public static String lines(String text) {
        String plain = SEQUENCES.matcher(text).replaceAll("");
        return HIDDEN.matcher(ENDS.matcher(plain).replaceAll("\n")).replaceAll("");
    }

    /**
     * The text on lines of its words, none of which begins or ends with a blank; at least one line.
     *
     * @param width of a line, in characters; a longer word has one of its own
     */
    public static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : line(text).split(" +", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
