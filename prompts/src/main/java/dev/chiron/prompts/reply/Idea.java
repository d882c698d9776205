package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an edit is meant to do, by the text around it. */
final class Idea {

    private static final int LONGEST = 200;
    private static final int LONGEST_LINE = 2000;
    private static final int FEWEST_WORDS = 3;
    private static final Pattern LINE = Pattern.compile("[\\s>#*_`-]*+idea[\\s*_`]*+:(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EMPHASIS = Pattern.compile("^[\\s*_`]+|[\\s*_`]+$");

    private Idea() {}

    /**
     * The line that is called IDEA, or else the first line of the text that says something.
     *
     * @throws Unusable when there is none: the history of a study is told in ideas
     */
    static String in(List<String> around) {
        List<String> named = new ArrayList<>();
        List<String> text = new ArrayList<>();
        boolean open = false;
        boolean code = false;
        for (String line : around) {
            Matcher idea = LINE.matcher(line);
            if (line.startsWith("```") || line.startsWith("~~~")) {
                code = !code;
            } else if (idea.matches()) {
                String rest = plain(idea.group(1));
                open = rest.isEmpty();
                if (!open) {
                    named.add(rest);
                }
            } else if (!line.isBlank() && open) {
                named.add(plain(line));
                open = false;
            } else if (!code && saysSomething(line)) {
                text.add(plain(line));
            }
        }
        named.removeIf(String::isEmpty);
        named.addAll(text);
        if (named.isEmpty()) {
            throw new Unusable(
                    "the idea is missing: begin with a line IDEA: and, in one line, what the edit is meant to do");
        }
        return shortened(named.get(0));
    }

    /** Neither "Sure!" nor "Here is the edit:". */
    private static boolean saysSomething(String line) {
        String plain = plain(line);
        return plain.split(" ", -1).length >= FEWEST_WORDS && !plain.endsWith(":");
    }

    private static String plain(String line) {
        String plain = PlainText.line(line.substring(0, Math.min(LONGEST_LINE, line.length())));
        String bare = EMPHASIS.matcher(plain).replaceAll("");
        return bare.toLowerCase(Locale.ROOT).equals("one line") ? "" : bare;
    }

    private static String shortened(String idea) {
        if (idea.length() <= LONGEST) {
            return idea;
        }
        int end = Character.isHighSurrogate(idea.charAt(LONGEST - 2)) ? LONGEST - 2 : LONGEST - 1;
        return idea.substring(0, end).strip() + "…";
    }
}
