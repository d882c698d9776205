package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What the model's turns of a study will cost, reckoned before it starts: each a prompt like the first and a short reply.
 * Prompts grow with the trials they show, replies with what a model thinks, and some are sent back: a guess, not a bound.
 *
 * @param turns the model's turns that the budget leaves
 * @param usage of all of them together
 */
public record Estimate(int turns, Usage usage) {

    /** What a reply of a dozen values and a sentence takes; reasoning comes on top. */
    private static final int REPLY_TOKENS = 500;

    /**
     * So many turns.
     *
     * @param prompt the first prompt
     * @param price empty if it is not known
     */
    public static Estimate of(int turns, String prompt, Optional<Price> price) {
        Usage call = call(prompt, price);
        Usage all = new Usage(
                turns,
                turns * call.tokensIn(),
                0,
                turns * call.tokensOut(),
                call.usd().map(usd -> usd.multiply(BigDecimal.valueOf(turns))));
        return new Estimate(turns, all);
    }

    /** What one call with this prompt will cost. */
    static Usage call(String prompt, Optional<Price> price) {
        return Spending.priced(new Usage(1, Tokens.of(prompt), REPLY_TOKENS), price);
    }
}
