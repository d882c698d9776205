package dev.chiron.agent.llm;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What an answer cost.
 *
 * @param calls requests sent, retries included
 * @param doubtful those of them that ended without an answer and may have been charged all the same: out of time, broken off,
 *     answered by nothing that can be read. Nobody says what they cost; in what is priced they are counted at the most it can be
 * @param tokensIn prompt tokens as the server counted them, cached ones included; 0 when it did not say
 * @param tokensCached those of them that came from the server's cache, at its lower price
 * @param tokensOut reply tokens as the server counted them, reasoning included; 0 when it did not say
 * @param usd US dollars; empty when the price is not known
 */
public record Usage(
        int calls, int doubtful, long tokensIn, long tokensCached, long tokensOut, Optional<BigDecimal> usd) {

    /** Nothing was sent. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Optional.of(BigDecimal.ZERO));

    /** The same amounts are equal, however they were reckoned. */
    public Usage {
        usd = usd.map(BigDecimal::stripTrailingZeros);
    }

    /** All calls were answered. */
    public Usage(int calls, long tokensIn, long tokensCached, long tokensOut, Optional<BigDecimal> usd) {
        this(calls, 0, tokensIn, tokensCached, tokensOut, usd);
    }

    /** Without a cache, and not yet priced. */
    public Usage(int calls, long tokensIn, long tokensOut) {
        this(calls, tokensIn, 0, tokensOut, Optional.empty());
    }

    /** Calls that brought nothing, not yet priced. */
    public static Usage inVain(int calls, int doubtful) {
        return new Usage(calls, doubtful, 0, 0, 0, Optional.empty());
    }

    /** Prompt and reply together. */
    public long tokens() {
        return tokensIn + tokensOut;
    }

    /** Priced. */
    public Usage withUsd(BigDecimal amount) {
        return new Usage(calls, doubtful, tokensIn, tokensCached, tokensOut, Optional.of(amount));
    }

    /** The same, with so many of its calls in doubt. */
    Usage withDoubtful(int calledInVain) {
        return new Usage(calls, calledInVain, tokensIn, tokensCached, tokensOut, usd);
    }

    /** Both together; of unknown cost when either is. */
    public Usage plus(Usage other) {
        return new Usage(
                calls + other.calls,
                doubtful + other.doubtful,
                tokensIn + other.tokensIn,
                tokensCached + other.tokensCached,
                tokensOut + other.tokensOut,
                usd.flatMap(mine -> other.usd.map(mine::add)));
    }
}
