package dev.chiron.prompts.facts;

import dev.chiron.prompts.PromptTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a paper says, under which conditions, and which studies it is for.
 *
 * @param id the name of its file
 * @param title in a few words
 * @param source the papers, and which of their formulas
 * @param cite the papers in a prompt
 * @param all quantities that a study must tune, each of them
 * @param any quantities of which a study must tune one; empty for no such condition
 * @param words of which the task must use one; empty for no such condition
 * @param unless words of which the task must use none
 * @param optimizer {@code adam} where it holds for Adam's relatives alone, unless a task names no optimizer at all; else empty
 * @param when the conditions under which it holds, in words
 * @param inputs what its formula needs, in words
 * @param rule what it says
 * @param here the same for a study, with holes for its numbers; empty for none
 */
public record Card(
        String id,
        String title,
        String source,
        String cite,
        List<Quantity> all,
        List<Quantity> any,
        List<String> words,
        List<String> unless,
        String optimizer,
        String when,
        String inputs,
        String rule,
        Optional<PromptTemplate> here) {

    private static final List<String> KEYS =
            List.of("id", "title", "source", "cite", "all", "any", "words", "unless", "optimizer", "when", "inputs");
    private static final List<String> NEEDED = List.of("id", "title", "source", "cite", "when", "inputs");
    private static final String FENCE = "---\n";

    private static final String ADAM = "adam";
    private static final List<String> ADAMS = List.of("adam", "adamw", "nadam", "radam");
    private static final List<String> OTHERS =
            List.of("sgd", "muon", "lion", "adafactor", "rmsprop", "adagrad", "shampoo", "soap");

    /**
     * The card in the resource {@code /dev/chiron/prompts/facts/ID.md}.
     *
     * @throws IllegalArgumentException if there is none, or it is not written as a card is
     */
    static Card named(String id) {
        String path = "/dev/chiron/prompts/facts/" + id + ".md";
        try (InputStream in = Card.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no fact card " + id + ": there is no resource " + path);
            }
            return of(id, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the fact card " + id, e);
        }
    }

    /**
     * The card in a text: lines {@code key: value} between two fences of three dashes, a paragraph with what it says, and
     * perhaps another with what that means here.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static Card of(String id, String text) {
        String[] parts = text.split(FENCE, -1);
        if (parts.length != 3 || !parts[0].isEmpty()) {
            throw new IllegalArgumentException("the fact card " + id + " has no header between two lines ---");
        }
        Map<String, String> header = header(id, parts[1]);
        List<String> body = Arrays.asList(parts[2].strip().split("\n\n"));
        boolean known = List.of("", ADAM).contains(value(header, "optimizer"));
        if (!value(header, "id").equals(id)
                || !known
                || body.size() > 2
                || body.get(0).isEmpty()) {
            throw new IllegalArgumentException("the fact card " + id
                    + " needs its own id, no other optimizer than adam, and one or two paragraphs");
        }
        return new Card(
                id,
                value(header, "title"),
                value(header, "source"),
                value(header, "cite"),
                quantities(value(header, "all")),
                quantities(value(header, "any")),
                list(value(header, "words")),
                list(value(header, "unless")),
                value(header, "optimizer"),
                value(header, "when"),
                value(header, "inputs"),
                body.get(0),
                body.size() > 1 ? Optional.of(PromptTemplate.of(id, body.get(1))) : Optional.empty());
    }

    private static Map<String, String> header(String id, String lines) {
        Map<String, String> header = new LinkedHashMap<>();
        for (String line : lines.lines().toList()) {
            String[] pair = line.split(": ", 2);
            if (pair.length < 2 || !KEYS.contains(pair[0]) || header.put(pair[0], pair[1].strip()) != null) {
                throw new IllegalArgumentException("the fact card " + id + " has a wrong line in its header: " + line
                        + "; each of " + String.join(", ", KEYS) + " may stand there once");
            }
        }
        NEEDED.stream().filter(key -> !header.containsKey(key)).findFirst().ifPresent(key -> {
            throw new IllegalArgumentException("the fact card " + id + " has no " + key);
        });
        return header;
    }

    private static String value(Map<String, String> header, String key) {
        return header.getOrDefault(key, "");
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",\\s*")).filter(word -> !word.isEmpty()).toList();
    }

    private static List<Quantity> quantities(String text) {
        return list(text).stream()
                .map(key -> Quantity.valueOf(key.toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Why it is not for a study, in words; empty if it is. */
    Optional<String> unfit(Known known) {
        for (Quantity quantity : all) {
            if (!known.tunes(quantity)) {
                return Optional.of("no parameter is a " + quantity.words());
            }
        }
        if (!any.isEmpty() && any.stream().noneMatch(known::tunes)) {
            return Optional.of("no parameter is one of " + words(any));
        }
        if (!words.isEmpty() && words.stream().noneMatch(known::says)) {
            return Optional.of("the task has none of the words " + String.join(", ", words));
        }
        Optional<String> said = unless.stream().filter(known::says).findFirst();
        if (said.isPresent()) {
            return Optional.of("the task has the word " + said.get());
        }
        boolean another =
                OTHERS.stream().anyMatch(known::says) && ADAMS.stream().noneMatch(known::says);
        if (optimizer.equals(ADAM) && another) {
            return Optional.of("the task names another optimizer than Adam");
        }
        return Optional.empty();
    }

    /** The parameters for which it is told. */
    String found(Known known) {
        return known.listed(Stream.concat(all.stream(), any.stream()).toList());
    }

    /** The line of a prompt. */
    String line(Optional<String> numbers) {
        return "- " + rule + " (" + when + "; " + cite + ")."
                + numbers.map(text -> " Here " + text + ".").orElse("");
    }

    private static String words(List<Quantity> quantities) {
        return quantities.stream().map(Quantity::words).collect(Collectors.joining(", "));
    }
}
