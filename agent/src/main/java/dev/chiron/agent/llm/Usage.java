package dev.chiron.agent.llm;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an answer cost.
 *
 * @param calls requests sent, retries included
 * @param tokensIn prompt tokens as the server counted them, cached ones included; 0 when it did not say
 * @param tokensCached those of them that came from the server's cache, at its lower price
 * @param tokensOut reply tokens as the server counted them, reasoning included; 0 when it did not say
 * @param usd US dollars; empty when the price is not known
 */
public record Usage(int calls, long tokensIn, long tokensCached, long tokensOut, Optional<BigDecimal> usd) {

    /** Nothing was sent. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, Optional.of(BigDecimal.ZERO));

    /** The same amounts are equal, however they were reckoned. */
    public Usage {
        usd = usd.map(BigDecimal::stripTrailingZeros);
    }

    /** Without a cache, and not yet priced. */
    public Usage(int calls, long tokensIn, long tokensOut) {
        this(calls, tokensIn, 0, tokensOut, Optional.empty());
    }

    /** Prompt and reply together. */
    public long tokens() {
        return tokensIn + tokensOut;
    }

    /** Priced. */
    public Usage withUsd(BigDecimal amount) {
        return new Usage(calls, tokensIn, tokensCached, tokensOut, Optional.of(amount));
    }

    /** Both together; of unknown cost when either is. */
    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                tokensIn + other.tokensIn,
                tokensCached + other.tokensCached,
                tokensOut + other.tokensOut,
                usd.flatMap(mine -> other.usd.map(mine::add)));
    }
}
