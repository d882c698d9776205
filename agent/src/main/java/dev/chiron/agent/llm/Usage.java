package dev.chiron.agent.llm;

/**
 * What an answer cost.
 *
 * @param calls requests sent, retries included
 * @param tokensIn prompt tokens as the server counted them; 0 when it did not say
 * @param tokensOut reply tokens as the server counted them, reasoning included; 0 when it did not say
 */
public record Usage(int calls, long tokensIn, long tokensOut) {

    /** Nothing was sent. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(calls + other.calls, tokensIn + other.tokensIn, tokensOut + other.tokensOut);
    }
}
