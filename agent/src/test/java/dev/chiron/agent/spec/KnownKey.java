package dev.chiron.agent.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key of a chiron.yaml, as the reader knows it.
 *
 * @param fallback what holds without it; empty where nothing does
 * @param elsewhere where else it may stand
 */
public record KnownKey(String dotted, Optional<String> fallback, String elsewhere) {

    /** All that are one value, in the reader's order. */
    public static List<KnownKey> settings() {
        return Arrays.stream(Key.values())
                .map(key -> new KnownKey(key.dotted(), fallback(key), elsewhere(key)))
                .toList();
    }

    /** All that are a list or a section of the user's own words. */
    public static List<String> structured() {
        return TaskReader.STRUCTURED;
    }

    /** The keys of a parameter, by its type. */
    public static Map<String, List<String>> ofParameters() {
        return ParameterReader.KEYS;
    }

    private static Optional<String> fallback(Key key) {
        return Optional.of(key.fallback()).filter(text -> !text.isEmpty() || key == Key.TASK);
    }

    private static String elsewhere(Key key) {
        if (Key.in(Key.Scope.PERSON).contains(key)) {
            return "variable, config.yaml";
        }
        return Key.in(Key.Scope.RUN).contains(key) ? "variable" : "";
    }
}
