package dev.chiron.prompts.describe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What prompts hide of a script because it may be a key, put back where a model has copied the line that it was shown. Without that a model which
 * gives whole definitions would write the word that stands for it over the person's own texts.
 */
public final class HiddenTexts {

    private static final String HIDDEN = "(hidden)";

    private final Map<String, String> written = new LinkedHashMap<>(); // by the line as it was shown

    /** @param script as it is, before anything is hidden */
    public HiddenTexts(String script) {
        List<String> lines = script.lines().toList();
        List<String> shown = Redaction.of(script).lines().toList();
        Set<String> ambiguous = new HashSet<>();
        for (int i = 0; i < lines.size() && lines.size() == shown.size(); i++) {
            String line = lines.get(i).strip();
            String before = written.put(shown.get(i).strip(), line);
            if (before != null && !before.equals(line)) {
                ambiguous.add(shown.get(i).strip());
            }
        }
        written.entrySet().removeIf(entry -> entry.getKey().equals(entry.getValue()));
        written.keySet().removeAll(ambiguous);
    }

    /** The text with what was hidden in its place again, as far as it is known. */
    public String restored(String text) {
        if (written.isEmpty()) {
            return text;
        }
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        return lines.stream().map(this::line).collect(Collectors.joining("\n"));
    }

    private String line(String line) {
        String known = written.get(line.strip());
        return known == null ? line : line.replace(line.strip(), known);
    }

    /** Whether an edited script has the word that stands for something hidden more often than before. */
    public static boolean isLeft(String before, String edited) {
        return edited.split(Pattern.quote(HIDDEN), -1).length > before.split(Pattern.quote(HIDDEN), -1).length;
    }
}
