package dev.chiron.agent.llm;

import java.nio.charset.StandardCharsets;

/**
 * How a question ended. The reasons are one line of at most {@value #LONGEST_REASON} characters and hold no key.
 */
public sealed interface Answer {

    /** The longest reason, in characters. */
    int LONGEST_REASON = 200;

    /** What the tries cost. */
    Usage usage();

    /** The same with another cost, where it has one. */
    Answer withUsage(Usage usage);

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

        @Override
        public Answer withUsage(Usage other) {
            return new Replied(text, other, truncated);
        }
    }

    /**
     * No usable reply could be had: network, time limit, overload after bounded retries, or a broken body.
     *
     * @param why the reason, for people
     * @param usage what the tries cost
     */
    record Unreachable(String why, Usage usage) implements Answer {

        @Override
        public Answer withUsage(Usage other) {
            return new Unreachable(why, other);
        }
    }

    /**
     * The server refused the key, the model name or the address; asking again is no use.
     *
     * @param why the reason and what to do, for people
     */
    record Refused(String why) implements Answer {

        @Override
        public Usage usage() {
            return Usage.NONE;
        }

        @Override
        public Answer withUsage(Usage ignored) {
            return this;
        }
    }

    /**
     * The model was not asked: what it may cost in this study is spent, or would be by this call.
     *
     * @param why the reason, for people
     */
    record OverBudget(String why) implements Answer {

        @Override
        public Usage usage() {
            return Usage.NONE;
        }

        @Override
        public Answer withUsage(Usage ignored) {
            return this;
        }
    }
}
