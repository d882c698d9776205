package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds, at the end of what a run printed, the line that says what went wrong. */
final class LastWords {

    private static final int LONGEST = 300;
    private static final Pattern PYTHON_FRAME = Pattern.compile("\\s+File \"([^\"]+)\", line ([0-9]+).*");
    private static final Pattern JAVA_ERROR = Pattern.compile(
            "(?:Exception in thread \"[^\"]*\" |Caused by: )?((?:[a-z]\\w*\\.)+[A-Z]\\w*(?:Error|Exception)\\b.*)");
    private static final Pattern JAVA_FRAME = Pattern.compile("\\s+at .*\\(([^():]+):([0-9]+)\\)");

    private final List<String> lines;

    LastWords(String output) {
        this.lines = PlainText.lines(output).lines().toList();
    }

    /** The exception and its place, else the last line that is not blank; at most 300 characters. */
    Optional<String> find() {
        return python().or(this::java).or(this::last).map(LastWords::shorten);
    }

    /** The text in one line without control characters, at most 300 characters. */
    static String shorten(String text) {
        return shorten(text, "");
    }

    /** The same with an ending that is not shortened. */
    static String shorten(String text, String ending) {
        String line = PlainText.line(text).replaceAll("\\s+", " ");
        int most = LONGEST - ending.length();
        if (line.length() <= most) {
            return line + ending;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
        return line.substring(0, end) + "…" + ending;
    }

    private Optional<String> python() {
        int start = lines.lastIndexOf("Traceback (most recent call last):");
        if (start < 0) {
            return Optional.empty();
        }
        String place = "";
        for (String line : lines.subList(start + 1, lines.size())) {
            Matcher frame = PYTHON_FRAME.matcher(line);
            if (frame.matches()) {
                place = place(frame.group(1), frame.group(2));
            } else if (!line.isBlank() && !line.startsWith(" ")) {
                return Optional.of(line + place);
            }
        }
        return Optional.empty();
    }

    private Optional<String> java() {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Matcher error = JAVA_ERROR.matcher(lines.get(i));
            if (error.matches()) {
                Matcher frame = JAVA_FRAME.matcher(i + 1 < lines.size() ? lines.get(i + 1) : "");
                return Optional.of(error.group(1) + (frame.matches() ? place(frame.group(1), frame.group(2)) : ""));
            }
        }
        return Optional.empty();
    }

    private Optional<String> last() {
        return lines.stream().filter(line -> !line.isBlank()).reduce((first, second) -> second);
    }

    private static String place(String file, String line) {
        return " (" + file.substring(file.lastIndexOf('/') + 1) + ", line " + line + ")";
    }
}
