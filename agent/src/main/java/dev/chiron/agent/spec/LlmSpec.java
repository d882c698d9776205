package dev.chiron.agent.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which language model proposes, and how often.
 *
 * @param model {@code none}, {@code builtin}, {@code ollama:NAME} and so on
 * @param share of the turns after the warm-up, 0 to 1; empty where it follows from what the model is worth
 * @param warmup trials before the model's first turn
 * @param url address of the server; empty for the usual one
 * @param temperature empty for the provider's own
 * @param timeout of one request
 * @param think {@code false}, {@code true}, {@code low}, {@code medium} or {@code high}
 * @param required whether the study pauses when the model cannot be reached
 * @param prices a file of prices, absolute or relative to the project's folder; empty for the usual ones
 * @param access how it is reached
 * @param asking what it is asked
 */
public record LlmSpec(
        String model,
        OptionalDouble share,
        int warmup,
        Optional<String> url,
        OptionalDouble temperature,
        Duration timeout,
        String think,
        boolean required,
        Optional<String> prices,
        Access access,
        Asking asking) {

    /** The share that follows from what the model is worth, as written. */
    public static final String ADAPTIVE = "adaptive";

    /** The prompt that follows from the model's size, as written. */
    public static final String AUTO = "auto";

    /** With the usual prices, reached and asked in the usual way. */
    public LlmSpec(
            String model,
            OptionalDouble share,
            int warmup,
            Optional<String> url,
            OptionalDouble temperature,
            Duration timeout,
            String think,
            boolean required) {
        this(
                model,
                share,
                warmup,
                url,
                temperature,
                timeout,
                think,
                required,
                Optional.empty(),
                Access.usual(),
                Asking.usual());
    }

    /** The same with another prompt. */
    public LlmSpec withPrompt(String prompt) {
        return new LlmSpec(
                model,
                share,
                warmup,
                url,
                temperature,
                timeout,
                think,
                required,
                prices,
                access,
                new Asking(prompt, asking.warmStart()));
    }

    /**
     * What the model is asked.
     *
     * @param prompt {@code auto}, {@code full} or {@code small}
     * @param warmStart how many configs it proposes before anybody else does, 0 to {@value #MOST_WARM}
     */
    public record Asking(String prompt, int warmStart) {

        /** More would not fit into one reply. */
        public static final int MOST_WARM = 10;

        /** Nothing but the usual. */
        public static Asking usual() {
            return new Asking(AUTO, 0);
        }
    }

    /**
     * How the model is reached, beyond its address.
     *
     * @param maxTokens longest reply; empty for what suits the model
     * @param context largest context that is asked of Ollama, in tokens; empty for the usual one
     * @param keyEnv the environment variable with the key; empty for the usual one
     * @param env further environment variables that a {@code command:} is given
     */
    public record Access(OptionalInt maxTokens, OptionalInt context, Optional<String> keyEnv, List<String> env) {

        /** Copies the list. */
        public Access {
            env = List.copyOf(env);
        }

        /** Nothing but the usual. */
        public static Access usual() {
            return new Access(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), List.of());
        }
    }
}
