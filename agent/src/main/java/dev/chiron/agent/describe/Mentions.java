package dev.chiron.agent.describe;

import dev.chiron.prompts.facts.Quantity;
import dev.chiron.sandbox.source.Constant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How people write of a script's constants: by name ({@code BATCH_SIZE}), by the words of the name ({@code batch size}, {@code learning rate} of an
 * {@code LR}), by the last of them ({@code batch size} of a {@code DEVICE_BATCH_SIZE}; two at least), or by what it is.
 */
final class Mentions {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[_ -]+");
    private static final Pattern PLURAL = Pattern.compile("(?<=[a-z]{2}[^s])s$");
    private static final Map<String, String> SHORT =
            Map.of("lr", "learning rate", "wd", "weight decay", "bs", "batch size");
    private static final String DETERMINER = "(?:(?:the|its|my|your|our|their|a|an) )?";

    private final Map<String, List<Constant>> whole = new LinkedHashMap<>();
    private final Map<String, List<Constant>> other = new LinkedHashMap<>();
    private final String pattern;

    /** Of these constants. */
    Mentions(List<Constant> constants) {
        List<String> written = new ArrayList<>();
        for (Constant constant : constants) {
            List<String> words = words(constant.name());
            put(whole, words, constant);
            if (constant.name().length() == 1) {
                written.add("(?-i:" + Pattern.quote(constant.name()) + ")"); // an A is not every a
            } else {
                written.add(joined(words));
                written.add(joined(longer(words)));
            }
            Stream.concat(endings(words), called(constant.name())).forEach(phrase -> {
                put(other, phrase, constant);
                written.add(joined(phrase));
            });
        }
        pattern = DETERMINER + "(?<![\\w.])(?:"
                + written.stream()
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .collect(Collectors.joining("|"))
                + ")s?(?![\\w.]\\w|\\w)";
    }

    /** A regular expression of one mention, without groups, for words with single spaces, in any case. */
    String pattern() {
        return pattern;
    }

    /** The constants that a mention may mean, in the script's order: those of that whole name, or all others that it fits. */
    List<Constant> of(String mention) {
        String said = mention.replaceFirst("(?i)^" + DETERMINER, "");
        return Stream.of(key(words(said)), PLURAL.matcher(key(words(said))).replaceFirst(""))
                .flatMap(key -> Stream.of(whole, other).map(known -> Optional.ofNullable(known.get(key))))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(List.of());
    }

    private static void put(Map<String, List<Constant>> known, List<String> words, Constant constant) {
        List<Constant> all = known.computeIfAbsent(key(words), key -> new ArrayList<>());
        if (!all.contains(constant)) {
            all.add(constant);
        }
    }

    private static List<String> words(String name) {
        return Arrays.stream(HUMP.split(name.strip()))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> longer(List<String> words) {
        return words.stream()
                .flatMap(word -> Stream.of(SHORT.getOrDefault(word, word).split(" ")))
                .toList();
    }

    private static String key(List<String> words) {
        return String.join(" ", longer(words));
    }

    /** The last words of a name, without its first, as long as they say enough. */
    private static Stream<List<String>> endings(List<String> words) {
        return IntStream.range(1, words.size())
                .mapToObj(from -> words.subList(from, words.size()))
                .filter(ending -> longer(ending).size() > 1)
                .flatMap(ending -> Stream.of(ending, longer(ending)));
    }

    private static Stream<List<String>> called(String name) {
        return Quantity.of(name).stream().map(quantity -> words(quantity.words()));
    }

    private static String joined(List<String> words) {
        return words.stream().map(Pattern::quote).collect(Collectors.joining("[ _-]?"));
    }
}
