package dev.chiron.prompts.reply;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced code blocks of a reply, as CommonMark has them.
 *
 * @param code the text of each, without a last end of line
 * @param around the lines outside of them
 */
record Fences(List<String> code, List<String> around) {

    private static final Pattern OPENING = Pattern.compile(" {0,3}(`{3,}+|~{3,}+)[ \\t]*+([^`\\s]*+)[^`]*+");
    private static final Pattern CLOSING = Pattern.compile(" {0,3}(`{3,}+|~{3,}+)[ \\t]*+");

    /** What a model shows beside its answer. */
    private static final Set<String> NO_CODE =
            Set.of("bash", "sh", "shell", "console", "text", "txt", "output", "diff", "json", "markdown", "md");

    /**
     * The code blocks of a reply with Unix' ends of lines. Those in a language that no script is written in count only if there are no others.
     *
     * @throws Unusable for a block that is not closed
     */
    static Fences in(String reply) {
        List<String> code = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> around = new ArrayList<>();
        List<String> lines = List.of(reply.split("\n", -1));
        int at = 0;
        while (at < lines.size()) {
            Matcher opening = OPENING.matcher(lines.get(at));
            if (opening.matches()) {
                int end = end(lines, at, opening.group(1));
                boolean scriptLanguage = !NO_CODE.contains(opening.group(2).toLowerCase(Locale.ROOT));
                (scriptLanguage ? code : others).add(String.join("\n", lines.subList(at + 1, end)));
                at = end;
            } else {
                around.add(lines.get(at));
            }
            at++;
        }
        return new Fences(code.isEmpty() ? others : code, around);
    }

    private static int end(List<String> lines, int from, String fence) {
        for (int at = from + 1; at < lines.size(); at++) {
            Matcher closing = CLOSING.matcher(lines.get(at));
            if (closing.matches() && closing.group(1).startsWith(fence)) {
                return at;
            }
        }
        throw new Unusable("a code block is not closed: no line " + fence + " comes after it; was the reply cut off?");
    }
}
