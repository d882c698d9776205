package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * What the models' turns of a study will cost, reckoned before it starts: each a prompt like the first and a short reply.
 * Prompts grow with the trials they show, replies with what a model thinks, and some are sent back: a guess, not a bound.
 *
 * @param turns the models' turns that the budget leaves
 * @param usage of all of them together, shared evenly between the models
 * @param most if the dearest model had them all; the same where there is but one
 */
public record Estimate(int turns, Usage usage, Usage most) {

    /** Both together. */
    public Estimate plus(Estimate other) {
        return new Estimate(turns + other.turns, usage.plus(other.usage), most.plus(other.most));
    }

    /**
     * So many turns.
     *
     * @param calls what a turn of each model costs, in one call or several; one or more
     */
    public static Estimate of(int turns, List<Usage> calls) {
        Usage all = calls.stream().map(call -> times(turns, call)).reduce(Usage.NONE, Usage::plus);
        Usage dearest = calls.stream()
                .reduce((one, other) -> isDearer(other, one) ? other : one)
                .orElseThrow();
        return new Estimate(turns, shared(all, calls.size()), times(turns, dearest));
    }

    /** What costs nobody knows how much counts as dearest. */
    private static boolean isDearer(Usage usage, Usage than) {
        return usage.usd().isEmpty()
                || (than.usd().isPresent()
                        && usage.usd().get().compareTo(than.usd().get()) > 0);
    }

    private static Usage times(int turns, Usage call) {
        return new Usage(
                turns * call.calls(),
                turns * call.tokensIn(),
                0,
                turns * call.tokensOut(),
                call.usd().map(usd -> usd.multiply(BigDecimal.valueOf(turns))));
    }

    private static Usage shared(Usage all, int models) {
        return new Usage(
                all.calls() / models,
                all.tokensIn() / models,
                0,
                all.tokensOut() / models,
                all.usd().map(usd -> usd.divide(BigDecimal.valueOf(models), MathContext.DECIMAL64)));
    }
}
