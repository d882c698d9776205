package dev.chiron.prompts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with holes like <code>{{name}}</code>. Strict: every hole is filled and every value used. Values are put in as
 * they are; what looks like a hole in a value stays as it is. Immutable.
 */
public final class PromptTemplate {

    private static final Pattern HOLE = Pattern.compile("\\{\\{([a-z_]+)}}");

    private final String name;
    private final String text;
    private final Set<String> holes;

    private PromptTemplate(String name, String text) {
        this.name = name;
        this.text = text;
        this.holes = holes(name, text);
    }

    /**
     * The template in the resource {@code /dev/chiron/prompts/NAME.md}.
     *
     * @throws IllegalArgumentException if there is none, or something in it looks like a hole and is none
     */
    public static PromptTemplate named(String name) {
        String path = "/dev/chiron/prompts/" + name + ".md";
        try (InputStream in = PromptTemplate.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no prompt template " + name + ": there is no resource " + path);
            }
            return of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the prompt template " + name, e);
        }
    }

    /**
     * A template of this text.
     *
     * @throws IllegalArgumentException if something in it looks like a hole and is none
     */
    public static PromptTemplate of(String name, String text) {
        return new PromptTemplate(name, text);
    }

    /** The names of the holes, in order. */
    public Set<String> holes() {
        return holes;
    }

    /**
     * The text with its holes filled.
     *
     * @throws IllegalArgumentException naming a hole without a value, or a value without a hole
     */
    public Prompt fill(Map<String, String> values) {
        for (String value : values.keySet()) {
            if (!holes.contains(value)) {
                throw new IllegalArgumentException("the prompt template " + name + " has no hole {{" + value + "}}");
            }
        }
        StringBuilder filled = new StringBuilder();
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            String value = values.get(hole.group(1));
            if (value == null) {
                throw new IllegalArgumentException("nothing fills " + hole.group() + " of the prompt template " + name);
            }
            hole.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        hole.appendTail(filled);
        return new Prompt(name, filled.toString());
    }

    private static Set<String> holes(String name, String text) {
        Set<String> holes = new LinkedHashSet<>();
        String rest = HOLE.matcher(text).replaceAll(hole -> {
            holes.add(hole.group(1));
            return "";
        });
        if (rest.contains("{{") || rest.contains("}}")) {
            throw new IllegalArgumentException(
                    "the prompt template " + name + " has braces that are no hole; holes are {{lower_case}}");
        }
        return Collections.unmodifiableSet(holes);
    }
}
