package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the models of a study may cost, at most; what is empty has no bound.
 *
 * @param usd US dollars
 * @param tokens of prompts and replies together
 * @param calls requests, retries included
 */
public record Allowance(Optional<BigDecimal> usd, OptionalLong tokens, OptionalInt calls) {

    /** Anything goes. */
    public static final Allowance NO_BOUND = new Allowance(Optional.empty(), OptionalLong.empty(), OptionalInt.empty());

    /** @throws IllegalArgumentException if a bound is negative */
    public Allowance {
        if (usd.filter(bound -> bound.signum() < 0).isPresent() || tokens.orElse(0) < 0 || calls.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "what a model may cost is 0 or more: " + usd + " " + tokens + " " + calls);
        }
    }

    /** The same with one call less, for what is of no use if no call comes after it. */
    public Allowance withoutLastCall() {
        return new Allowance(
                usd,
                tokens,
                calls.isPresent() ? OptionalInt.of(Math.max(0, calls.getAsInt() - 1)) : OptionalInt.empty());
    }

    /**
     * Why a call is not allowed any more; empty if it is.
     *
     * @param spent what all calls before cost
     * @param next what the call is expected to cost
     * @param most US dollars that it costs if the reply is as long as it may be; empty where that is not known
     */
    public Optional<String> objection(Usage spent, Usage next, Optional<BigDecimal> most) {
        Usage then = spent.plus(next);
        if (calls.isPresent() && then.calls() > calls.getAsInt()) {
            return Optional.of(
                    "budget.llm_calls: " + count(spent.calls()) + " of " + count(calls.getAsInt()) + " calls are made");
        }
        if (tokens.isPresent() && then.tokens() > tokens.getAsLong()) {
            return Optional.of("budget.llm_tokens: " + count(spent.tokens()) + " of " + count(tokens.getAsLong())
                    + " tokens are used, and the next call takes about " + count(next.tokens()));
        }
        if (usd.isPresent()
                && then.usd().map(sum -> sum.compareTo(usd.get()) > 0).orElse(true)) {
            return Optional.of("budget.llm_usd: " + dollars(spent) + " of " + Dollars.text(usd.get())
                    + " are spent, and the next call costs about " + dollars(next));
        }
        if (usd.isPresent()
                && most.isPresent()
                && spent.usd().orElseThrow().add(most.get()).compareTo(usd.get()) > 0) {
            return Optional.of("budget.llm_usd: " + dollars(spent) + " of " + Dollars.text(usd.get())
                    + " are spent, and the next call may cost up to " + Dollars.text(most.get())
                    + "; llm.max_tokens bounds it");
        }
        return Optional.empty();
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String dollars(Usage usage) {
        return usage.usd().map(Dollars::text).orElse("an unknown sum");
    }
}
