package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;

/**
 * What the model's turns of a study will cost, reckoned before it starts: each a prompt like the first and a short reply.
 * Prompts grow with the trials they show, replies with what a model thinks, and some are sent back: a guess, not a bound.
 *
 * @param turns the model's turns that the budget leaves
 * @param usage of all of them together
 */
public record Estimate(int turns, Usage usage) {

    /** Both together. */
    public Estimate plus(Estimate other) {
        return new Estimate(turns + other.turns, usage.plus(other.usage));
    }

    /**
     * So many turns.
     *
     * @param prompt the first prompt
     */
    public static Estimate of(int turns, String prompt, Tariff tariff) {
        Usage call = tariff.expected(prompt);
        Usage all = new Usage(
                turns,
                turns * call.tokensIn(),
                0,
                turns * call.tokensOut(),
                call.usd().map(usd -> usd.multiply(BigDecimal.valueOf(turns))));
        return new Estimate(turns, all);
    }
}
