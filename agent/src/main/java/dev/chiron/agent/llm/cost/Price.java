package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a model's tokens cost, in US dollars per million.
 *
 * @param input of the prompt
 * @param cached of the part of a prompt that comes from the server's cache
 * @param output of the reply, reasoning included
 * @param date when the price was looked up, {@code 2026-11-21}; may be empty
 * @param source where; may be empty
 */
public record Price(BigDecimal input, BigDecimal cached, BigDecimal output, String date, String source) {

    /** Costs nothing. */
    public static final Price FREE = new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "", "");

    private static final int MILLION_DIGITS = 6;
    private static final int DIGITS = 12; // a millionth of a millionth of a dollar, so that sums are exact

    /** @throws IllegalArgumentException if a price is negative */
    public Price {
        if (input.signum() < 0 || cached.signum() < 0 || output.signum() < 0) {
            throw new IllegalArgumentException("a price is 0 or more: " + input + ", " + cached + ", " + output);
        }
        input = input.stripTrailingZeros(); // so that equal prices are equal
        cached = cached.stripTrailingZeros();
        output = output.stripTrailingZeros();
    }

    /** What so many tokens cost, rounded up. */
    public BigDecimal of(Usage usage) {
        long fromCache = Math.min(usage.tokensCached(), usage.tokensIn());
        return input.multiply(BigDecimal.valueOf(usage.tokensIn() - fromCache))
                .add(cached.multiply(BigDecimal.valueOf(fromCache)))
                .add(output.multiply(BigDecimal.valueOf(usage.tokensOut())))
                .movePointLeft(MILLION_DIGITS)
                .setScale(DIGITS, RoundingMode.CEILING);
    }
}
