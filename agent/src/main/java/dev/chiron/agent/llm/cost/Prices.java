package dev.chiron.agent.llm.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A list of prices; of those whose pattern fits a model the first holds.
 *
 * @param entries in the order in which they are looked at
 */
public record Prices(List<Entry> entries) {

    /** No price is known. */
    public static final Prices NONE = new Prices(List.of());

    public Prices {
        entries = List.copyOf(entries);
    }

    /**
     * The price of all models that a pattern fits.
     *
     * @param pattern a model as after {@code --llm}; {@code *} stands for any text
     * @param price empty if it is known not to be known, so that no later and wider pattern holds
     */
    public record Entry(String pattern, Optional<Price> price) {

        private boolean fits(String model) {
            String regex =
                    Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
            return model.matches(regex);
        }
    }

    /** The price of a model; empty if it is not known. */
    public Optional<Price> of(String model) {
        return entries.stream().filter(entry -> entry.fits(model)).findFirst().flatMap(Entry::price);
    }

    /** These, and the others where these know nothing. */
    public Prices or(Prices others) {
        List<Entry> both = new ArrayList<>(entries);
        both.addAll(others.entries);
        return new Prices(both);
    }
}
