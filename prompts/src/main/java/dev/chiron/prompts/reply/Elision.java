package dev.chiron.prompts.reply;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds comments that stand for code which the model did not write down. */
final class Elision {

    private static final int LONGEST_LINE = 120;
    private static final String DOTS = "(?:\\.{3,}|…)";
    private static final String STAYS = "(?: (?:is|are|remains?|stays?|goes))?"
            + "(?: (?:unchanged|the same|same|here|as before|as is|above|below|omitted)){0,2}(?: for brevity)?";
    private static final String THINGS =
            "(?:code|file|script|function|class|method|functions|methods|classes|imports|definitions|implementation|program)";

    private static final Pattern OPENING = Pattern.compile("(?:#|//|/\\*|\\*)[#/* \\t]*+");
    private static final Pattern LEFT_OUT = Pattern.compile("(?i)[(\\[<]?(?:"
            + DOTS
            + "|"
            + DOTS
            + " ?[(\\[]?(?:the |your )?(?:rest|remain|existing|unchanged|same|previous|original|omitted|other|as before|snip).*"
            + "|(?:the )?(?:rest|remainder) of (?:the |your |this )?(?:\\w+ )?" + THINGS + STAYS
            + "|(?:the |your |all )?(?:existing|previous|original|remaining|unchanged) " + THINGS + STAYS
            + "|(?:the )?(?:rest|everything else|all else) (?:(?:is|are|remains?|stays?) )?(?:unchanged|the same|same|as before|as is)"
            + "|(?:code )?(?:unchanged|omitted|truncated|snip|snipped)(?: code| here| for brevity)?"
            + "|.* omitted for brevity"
            + ")[ .…]*[)\\]>]?");

    private final Set<String> known = new LinkedHashSet<>();

    /** For edits of this script; its own lines leave nothing out. */
    Elision(String script) {
        script.lines().map(String::strip).filter(Elision::leavesOut).forEach(known::add);
    }

    /**
     * Refuses code that leaves something out.
     *
     * @throws Unusable naming the line
     */
    void check(String code) {
        code.lines()
                .map(String::strip)
                .filter(line -> leavesOut(line) && !known.contains(line))
                .findFirst()
                .ifPresent(line -> {
                    throw new Unusable("\"" + Excerpt.of(line, LONGEST_LINE)
                            + "\" stands for code that was left out; what you write replaces the script's lines as it is, so write every"
                            + " line");
                });
    }

    /** Whether a line without white space around it is a comment that says so; such comments are short. */
    private static boolean leavesOut(String line) {
        Matcher opening = OPENING.matcher(line);
        if (line.length() > LONGEST_LINE || !opening.lookingAt()) {
            return false;
        }
        String comment = line.substring(opening.end());
        String text = comment.endsWith("*/") ? comment.substring(0, comment.length() - 2) : comment;
        return LEFT_OUT.matcher(text.strip()).matches();
    }
}
