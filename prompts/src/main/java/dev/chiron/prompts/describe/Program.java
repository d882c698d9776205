package dev.chiron.prompts.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is run with the parameters, as far as a model is shown it: the command, and of the script the lines that name a parameter, or its
 * beginning where none does. Within bounds, and without what looks like a key.
 *
 * @param command as it is written, with holes where parameters stand; empty if it is not known
 * @param script its whole text; empty if it is not known
 */
public record Program(String command, String script) {

    /** Nothing is known of what is run. */
    public static final Program UNKNOWN = new Program("", "");

    private static final int LINES = 60;
    private static final int BEGINNING = 30; // lines
    private static final int WIDTH = 160; // characters of a line
    private static final int LONGEST = 3000; // characters of all

    /** The program for a prompt, as data. */
    String text(List<String> parameters) {
        if (command.isBlank() && script.isBlank()) {
            return "Nothing is known of the program.";
        }
        List<String> shown = new ArrayList<>();
        if (!command.isBlank()) {
            shown.add("$ " + Written.beginning(Redaction.of(Written.line(command)), WIDTH));
        }
        shown.addAll(script(parameters));
        return Written.fenced(String.join("\n", shown));
    }

    /** Numbered lines of the script; the last says what is left out. */
    private List<String> script(List<String> parameters) {
        List<String> lines = Redaction.of(script).lines().toList();
        Predicate<String> names = naming(parameters);
        boolean isNamed = lines.stream().anyMatch(names);
        int most = isNamed ? LINES : BEGINNING;
        List<String> shown = new ArrayList<>();
        int room = LONGEST;
        int left = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || (isNamed && !names.test(line))) {
                continue;
            }
            String text = String.format(Locale.ROOT, "%4d  %s", i + 1, Written.beginning(line.stripTrailing(), WIDTH));
            room -= text.length() + 1;
            if (shown.size() < most && room >= 0) {
                shown.add(text);
            } else {
                left++;
            }
        }
        if (left > 0) {
            shown.add("      (" + left + (isNamed ? " more lines that name a variable" : " more lines") + ")");
        }
        return shown;
    }

    /** Whether a line has one of the names as a word; of a name with dots the last part. */
    private static Predicate<String> naming(List<String> parameters) {
        String any = parameters.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![A-Za-z0-9_])(?:", ")(?![A-Za-z0-9_])"));
        return Pattern.compile(any).asPredicate();
    }
}
