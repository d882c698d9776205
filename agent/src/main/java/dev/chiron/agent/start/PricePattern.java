package dev.chiron.agent.start;

import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a model is called in a file of prices, whose keys are short: its name, or what of a long one tells it from others. */
final class PricePattern {

    private static final int LONGEST = 100;
    private static final int HALF = LONGEST / 2 - 1;
    private static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "", "");

    private PricePattern() {}

    /** A pattern that fits the model, and none of the others if there is one so short. */
    static String of(String model, Collection<String> all) {
        if (model.length() <= LONGEST) {
            return model;
        }
        String ends = model.substring(0, HALF) + "*" + model.substring(model.length() - HALF);
        Stream<String> windows = IntStream.rangeClosed(0, model.length() - 2 * HALF)
                .mapToObj(from -> "*" + model.substring(from, from + 2 * HALF) + "*");
        return Stream.concat(Stream.of(ends), windows)
                .filter(pattern -> all.stream().allMatch(other -> other.equals(model) || !fits(pattern, other)))
                .findFirst()
                .orElse(ends);
    }

    private static boolean fits(String pattern, String model) {
        return new Prices(List.of(new Prices.Entry(pattern, Optional.of(FREE))))
                .of(model)
                .isPresent();
    }
}
