package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import dev.chiron.prompts.Tokens;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

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
        return expected(prompt, OptionalInt.empty());
    }

    /** The same where the reply has a bound, in tokens. */
    Usage expected(String prompt, OptionalInt longest) {
        int reply = Math.min(REPLY_TOKENS, longest.orElse(REPLY_TOKENS));
        return priced(tokens ? new Usage(1, Tokens.of(prompt), reply) : new Usage(1, 0, 0));
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

    /**
     * What an answer cost: the tokens of its reply estimated where nobody counted them, and the calls that may have been charged
     * without one counted at the most that they can have cost. A known cost stays.
     *
     * @param said the reply; empty without one
     * @param longest the longest reply that was asked for, in tokens; empty where it has no bound, and a short one is reckoned with
     */
    Usage charged(Usage counted, String prompt, String said, OptionalInt longest) {
        if (!tokens || counted.usd().isPresent()) {
            return priced(counted);
        }
        long read = Tokens.of(prompt);
        long unread = counted.tokensIn() == 0 && !said.isEmpty() ? read : 0;
        long unwritten = counted.tokensOut() == 0 ? Tokens.of(said) : 0;
        long written = longest.orElse(REPLY_TOKENS);
        return priced(new Usage(
                counted.calls(),
                counted.doubtful(),
                counted.tokensIn() + unread + counted.doubtful() * read,
                counted.tokensCached(),
                counted.tokensOut() + unwritten + counted.doubtful() * written,
                Optional.empty()));
    }
}
