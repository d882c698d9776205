package dev.chiron.prompts.describe;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A data card, a model card, or what stands in for one, with nothing in it that could be a key.
 *
 * @param name the file's, which also tells prose from data
 * @param text masked; at most {@value #LONGEST} characters
 */
public record CardText(String name, String text) {

    /** Characters that are shown to a model: a card says first what it is about. */
    public static final int LONGEST = 6_000;

    private static final String FENCE = "```";
    private static final Pattern MARKUP = Pattern.compile("[#|<!=-](?![0-9])|\\[!\\[");
    private static final List<String> STRUCTURED = List.of(".yaml", ".yml", ".json", ".toml");

    /** The card of a file with this whole text. */
    public static CardText of(String name, String text) {
        String lower = name.toLowerCase(Locale.ROOT);
        String masked =
                STRUCTURED.stream().anyMatch(lower::endsWith) ? Redaction.ofProse(Redaction.of(text)) : prose(text);
        return new CardText(Written.line(name), beginning(masked.strip()));
    }

    /** Words without keys, and programs between fences. */
    static String prose(String text) {
        StringBuilder masked = new StringBuilder();
        StringBuilder program = new StringBuilder();
        boolean inside = false;
        for (String line : Redaction.ofProse(text).lines().toList()) {
            boolean fence = line.strip().startsWith(FENCE);
            if (fence && inside) {
                masked.append(Redaction.of(program.toString()));
                program.setLength(0);
            }
            (inside && !fence ? program : masked).append(line).append('\n');
            inside = fence != inside;
        }
        return masked.append(Redaction.of(program.toString())).toString();
    }

    private static String beginning(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST) {
            return text;
        }
        String shown = Written.beginning(text, LONGEST);
        int end = shown.lastIndexOf('\n');
        return (end > LONGEST / 2 ? shown.substring(0, end) : shown).strip() + "\n[the rest is left out here]";
    }

    /**
     * The beginning of what it says in sentences, on one line: without front matter, headings, badges, tables and programs.
     *
     * @param longest characters
     */
    public String gist(int longest) {
        StringBuilder gist = new StringBuilder();
        boolean skipped = false;
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            boolean matter = line.equals("---") && (number == 0 || skipped);
            boolean fence = line.startsWith(FENCE);
            if (matter || fence) {
                skipped = !skipped;
            } else if (!skipped && !line.isEmpty() && !MARKUP.matcher(line).lookingAt()) {
                gist.append(line).append(' ');
            }
            number++;
        }
        String all = Written.line(gist.length() == 0 ? text : gist.toString());
        if (all.codePointCount(0, all.length()) <= longest) {
            return all;
        }
        String shown = Written.beginning(all, longest);
        int end = shown.lastIndexOf(' ');
        return (end > 0 ? shown.substring(0, end) : shown) + " ...";
    }

    /** How it stands in a prompt. */
    String fenced() {
        return Written.fenced(text);
    }
}
