package dev.chiron.prompts.describe;

import java.util.List;
import java.util.stream.Collectors;

/** A script and its constants in a prompt: long ones without their middle, and no text that could be a key. */
final class ScriptText {

    private static final int HEAD = 14_000; // characters; constants stand near the top of training scripts
    private static final int TAIL = 4_000; // what is printed stands at the end

    private static final int LONGEST_LINE = 400;
    private static final int LONGEST_VALUE = 120;

    private ScriptText() {}

    /** The script as data. */
    static String fenced(String script) {
        return Written.fenced(shortened(Redaction.of(script)));
    }

    /** A row for each constant: name, line, value, the proposed range. */
    static String rows(List<Tunable> constants) {
        return constants.stream().map(ScriptText::row).collect(Collectors.joining("\n"));
    }

    private static String row(Tunable constant) {
        String assigned = constant.name() + " = ";
        String value = Redaction.of(assigned + Written.json(constant.value())).substring(assigned.length());
        return "| " + Written.line(constant.name()) + " | " + constant.line() + " | " + cut(value, LONGEST_VALUE)
                + " | " + constant.proposed().map(Written::range).orElse("left alone") + " |";
    }

    private static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "...";
    }

    /** Long lines are cut first: a line of data is no code, and where to cut is found by the ends of lines. */
    private static String shortened(String text) {
        String script = text.lines().map(line -> cut(line, LONGEST_LINE)).collect(Collectors.joining("\n"));
        if (script.length() <= HEAD + TAIL) {
            return script;
        }
        int head = script.lastIndexOf('\n', HEAD) + 1;
        int tail = script.indexOf('\n', script.length() - TAIL) + 1;
        long left = script.substring(head, tail).lines().count();
        return script.substring(0, head) + "[" + left + " lines are left out here]\n" + script.substring(tail);
    }
}
