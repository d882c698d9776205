package dev.chiron.agent.spec;

import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Quantity;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether models are told what papers say, and the numbers of the task that its parameters do not say. */
record FactsReader(Settings settings) {

    static final String NONE = "none";

    private static final String SECTION = "facts.";

    Facts read() {
        boolean told =
                settings.get(Key.FACTS_CARDS).oneOf(List.of(Key.AUTO, NONE)).equals(Key.AUTO);
        Map<Quantity, Double> given = new EnumMap<>(Quantity.class);
        Settings.all().stream()
                .filter(key -> key.dotted().startsWith(SECTION) && key != Key.FACTS_CARDS)
                .forEach(key -> settings.get(key)
                        .unlessNone(text -> number(key, text))
                        .ifPresent(number -> given.put(quantity(key), number)));
        return new Facts(told, given);
    }

    private static Quantity quantity(Key key) {
        return Quantity.valueOf(key.dotted().substring(SECTION.length()).toUpperCase(Locale.ROOT));
    }

    private static double number(Key key, Scalar text) {
        double number = text.number(0, key == Key.FACTS_BETA2 ? 1 : Double.MAX_VALUE);
        if (number == 0 || (key == Key.FACTS_BETA2 && number == 1)) {
            throw text.bad(text.shown() + " will not do: a number above 0"
                    + (key == Key.FACTS_BETA2 ? " and below 1, such as 0.95" : ", such as 1e9"));
        }
        return number;
    }
}
