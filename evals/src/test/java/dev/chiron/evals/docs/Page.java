package dev.chiron.evals.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of code of a Markdown page, in order. */
final class Page {

    private static final String FENCE = "```";
    private static final String INDENT = "    ";
    private static final Pattern NOTE = Pattern.compile("<!-- (?<name>[a-z ]+?)(?:: (?<text>.+))? -->");

    private final Path shown;
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private int at;

    private Page(Path shown, List<String> lines) {
        this.shown = shown;
        this.lines = lines;
    }

    /** @param page below the folder */
    static List<Block> blocks(Path folder, Path page) throws IOException {
        return new Page(page, Files.readAllLines(folder.resolve(page))).read();
    }

    private List<Block> read() {
        while (at < lines.size()) {
            if (lines.get(at).startsWith(FENCE)) {
                fenced();
            } else if (lines.get(at).startsWith(INDENT)
                    && at > 0
                    && lines.get(at - 1).isBlank()) {
                indented();
            } else {
                at++;
            }
        }
        return blocks;
    }

    private void fenced() {
        String language = lines.get(at).substring(FENCE.length()).strip();
        Map<String, String> notes = notes();
        int first = ++at;
        while (!lines.get(at).equals(FENCE)) {
            at++;
        }
        blocks.add(new Block(shown, first + 1, language, true, notes, text(lines.subList(first, at++))));
    }

    private void indented() {
        Map<String, String> notes = notes();
        int first = at;
        while (at < lines.size() && lines.get(at).startsWith(INDENT)) {
            at++;
        }
        List<String> inside = lines.subList(first, at).stream()
                .map(line -> line.substring(INDENT.length()))
                .toList();
        blocks.add(new Block(shown, first + 1, "", false, notes, text(inside)));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>();
        int before = at - 1;
        while (before >= 0 && (lines.get(before).isBlank() || lines.get(before).startsWith("<!--"))) {
            Matcher note = NOTE.matcher(lines.get(before--));
            if (note.matches()) {
                String text = note.group("text");
                notes.put(note.group("name"), text == null ? "" : text);
            }
        }
        return notes;
    }
}
