package dev.chiron.sandbox.run;

import java.util.List;

/** The changed lines of a script, as a unified diff without context. */
final class ScriptDiff {

    private final List<String> before;
    private final List<String> after;
    private final StringBuilder diff = new StringBuilder();

    private ScriptDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** The diff of two texts, empty if they are equal. Constants keep their lines, so lines are compared one to one while counts agree. */
    static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        ScriptDiff lines = new ScriptDiff(before.lines().toList(), after.lines().toList());
        lines.compare();
        return "--- " + name + "\n+++ " + name + "\n" + lines.diff;
    }

    private void compare() {
        int common = Math.min(before.size(), after.size());
        int from = 0;
        while (from < common && before.get(from).equals(after.get(from))) {
            from++;
        }
        int same = 0;
        while (same < common - from
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        if (before.size() == after.size()) {
            oneToOne(from, before.size() - same);
        } else {
            hunk(from, before.size() - same, after.size() - same);
        }
    }

    private void oneToOne(int from, int to) {
        int at = from;
        while (at < to) {
            int start = at;
            while (at < to && !before.get(at).equals(after.get(at))) {
                at++;
            }
            if (at > start) {
                hunk(start, at, at);
            }
            at++;
        }
    }

    private void hunk(int from, int beforeTo, int afterTo) {
        diff.append("@@ -")
                .append(range(from, beforeTo))
                .append(" +")
                .append(range(from, afterTo))
                .append(" @@\n");
        before.subList(from, beforeTo)
                .forEach(line -> diff.append('-').append(line).append('\n'));
        after.subList(from, afterTo)
                .forEach(line -> diff.append('+').append(line).append('\n'));
    }

    private static String range(int from, int to) {
        int count = to - from;
        // An empty range names the line before it.
        return count == 1 ? String.valueOf(from + 1) : (count == 0 ? from : from + 1) + "," + count;
    }
}
