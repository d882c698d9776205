package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * How a model is paid for.
 *
 * @param price of its tokens; empty if it is not known
 * @param tokens whether it reads tokens at all; rules in this program do not
 */
public record Tariff(Optional<Price> price, boolean tokens) {

    /** What a reply of a dozen values and a sentence takes; reasoning comes on top. */
    private static final int REPLY_TOKENS = 500;

    /** A usage with its cost: what has no tokens costs nothing, what has some needs a price; a known cost stays. */
    public Usage priced(Usage usage) {
        if (usage.usd().isPresent()) {
            return usage;
        }
        if (usage.tokens() == 0) {
            return usage.withUsd(BigDecimal.ZERO);
        }
        return price.map(known -> usage.withUsd(known.of(usage))).orElse(usage);
    }

    /** What one call with this prompt will cost, by rule of thumb. */
    public Usage expected(String prompt) {
        return priced(tokens ? new Usage(1, Tokens.of(prompt), REPLY_TOKENS) : new Usage(1, 0, 0));
    }

    /**
     * What one call with this prompt will cost at most, by the estimate of its prompt.
     *
     * @param reply the longest reply, in tokens
     * @return empty where the price is not known
     */
    public Optional<BigDecimal> most(String prompt, int reply) {
        return priced(tokens ? new Usage(1, Tokens.of(prompt), reply) : new Usage(1, 0, 0))
                .usd();
    }

    /** What a reply cost, its tokens estimated where nobody counted them. */
    Usage replied(Usage counted, String prompt, String reply) {
        return priced(
                tokens && counted.tokens() == 0
                        ? new Usage(counted.calls(), Tokens.of(prompt), 0, Tokens.of(reply), counted.usd())
                        : counted);
    }
}
