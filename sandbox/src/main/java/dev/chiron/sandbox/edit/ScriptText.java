package dev.chiron.sandbox.edit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A text as lines and their ends. A last line without an end has an empty one.
 *
 * @param mark a byte order mark, or nothing
 */
record ScriptText(String mark, List<String> lines, List<String> ends) {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static ScriptText of(String text) {
        String mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        List<String> lines = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        int from = mark.length();
        while (from < text.length()) {
            int at = text.indexOf('\n', from);
            int to = at < 0 ? text.length() : at;
            int content = at > from && text.charAt(at - 1) == '\r' ? at - 1 : to;
            lines.add(text.substring(from, content));
            from = at < 0 ? to : at + 1;
            ends.add(text.substring(content, from));
        }
        return new ScriptText(mark, lines, ends);
    }

    /** The whole text. */
    String text() {
        StringBuilder text = new StringBuilder(mark);
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i)).append(ends.get(i));
        }
        return text.toString();
    }

    /** How most lines end. */
    String end() {
        int windows = Collections.frequency(ends, "\r\n");
        return windows > 0 && 2 * windows >= ends.size() ? "\r\n" : "\n";
    }

    /** The text with other lines, where a line without an end gets one, and the last ends as it did. */
    ScriptText with(List<String> newLines, List<String> newEnds) {
        String end = end();
        List<String> completed = new ArrayList<>(newEnds);
        completed.replaceAll(each -> each.isEmpty() ? end : each);
        if (!completed.isEmpty() && !ends.isEmpty() && ends.get(ends.size() - 1).isEmpty()) {
            completed.set(completed.size() - 1, "");
        }
        return new ScriptText(mark, newLines, completed);
    }

    /** Another text in the way that this one is written down. */
    ScriptText rewritten(String text) {
        ScriptText other = of(text);
        return with(other.lines, Collections.nCopies(other.lines.size(), ""));
    }
}
