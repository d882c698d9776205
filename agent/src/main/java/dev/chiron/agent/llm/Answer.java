package dev.chiron.agent.llm;

import java.nio.charset.StandardCharsets;

/**
 * How a question ended. The reasons are one line of at most {@value #LONGEST_REASON} characters and hold no key.
 */
public sealed interface Answer {

    /** The longest reason, in characters. */
    int LONGEST_REASON = 200;

    /**
     * The model said something.
     *
     * @param text what it said, never blank; its reasoning when it said nothing else
     * @param usage what that cost
     * @param truncated the reply hit the limit of its length; ask for a shorter one when it cannot be read
     */
    record Replied(String text, Usage usage, boolean truncated) implements Answer {

        /** Halves of characters, which no file can hold, become question marks. */
        public Replied {
            text = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        /** A whole reply. */
        public Replied(String text, Usage usage) {
            this(text, usage, false);
        }
    }

    /**
     * No usable reply could be had: network, time limit, overload after bounded retries, or a broken body.
     *
     * @param why the reason, for people
     * @param usage what the tries cost
     */
    record Unreachable(String why, Usage usage) implements Answer {}

    /**
     * The server refused the key, the model name or the address; asking again is no use.
     *
     * @param why the reason and what to do, for people
     */
    record Refused(String why) implements Answer {}
}
