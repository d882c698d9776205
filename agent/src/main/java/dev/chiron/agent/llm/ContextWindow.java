package dev.chiron.agent.llm;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Ollama's {@code num_ctx} for each prompt. It grows in doublings and never shrinks, since every change makes Ollama
 * load the model again.
 */
final class ContextWindow {
    private static final int SMALLEST = 4_096;
    private static final int TEMPLATE_TOKENS = 64;
    // Prose has 4 to 5 characters a token; no tokenizer in use gets past 8 on text like ours.
    private static final int MOST_CHARACTERS_A_TOKEN = 8;

    private final int most;
    private final Supplier<OptionalInt> modelLength;
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * @param most the largest context to ask for, in tokens
     * @param modelLength looks up the model's own context length, in tokens; asked until it is known
     */
    ContextWindow(int most, Supplier<OptionalInt> modelLength) {
        this.most = most;
        this.modelLength = new Known(modelLength);
    }

    /** The context to ask for, in tokens: the prompt and room for the reply, within what model and settings allow. */
    int fit(String prompt, int replyTokens) {
        long needed = (long) tokens(prompt) + TEMPLATE_TOKENS + replyTokens;
        long step = SMALLEST;
        while (step < needed) {
            step *= 2;
        }
        int allowed = Math.min(most, modelLength.get().orElse(most));
        int wished = (int) Math.min(step, allowed);
        return asked.accumulateAndGet(wished, Math::max);
    }

    /**
     * Whether the server read less than the prompt.
     *
     * @param read prompt tokens that it says it read; 0 when it did not say
     */
    Optional<String> cut(String prompt, long read) {
        boolean filled = read >= asked.get() && read > 0;
        if (!filled && !readTooLittle(prompt, read)) {
            return Optional.empty();
        }
        return Optional.of("the model's context cut the prompt: " + read + " tokens read of about " + tokens(prompt)
                + ", num_ctx " + asked.get() + "; take a model with a longer context or raise llm.context");
    }

    /**
     * Whether this is less than any tokenizer makes of the prompt.
     *
     * @param read prompt tokens that the server says it read; 0 when it did not say
     */
    static boolean readTooLittle(String prompt, long read) {
        return read > 0 && read < prompt.length() / MOST_CHARACTERS_A_TOKEN;
    }

    /** A careful estimate: many tokenizers give every digit and sign a token of its own, and words one for 3 letters. */
    static int tokens(String text) {
        double tokens = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                continue;
            }
            tokens += c < 128 && Character.isLetter(c) ? 1 / 3.0 : 1;
        }
        return (int) Math.ceil(tokens);
    }
}
