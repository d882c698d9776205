package dev.chiron.agent.spec;

import dev.chiron.agent.BadInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which language models propose, and how often.
 *
 * @param models {@code none}, {@code builtin}, {@code ollama:NAME} and so on; one or more, which then share the model's turns
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
 * @param origin where the models come from
 */
public record LlmSpec(
        List<String> models,
        OptionalDouble share,
        int warmup,
        Optional<String> url,
        OptionalDouble temperature,
        Duration timeout,
        String think,
        boolean required,
        Optional<String> prices,
        Access access,
        Asking asking,
        ModelOrigin origin) {

    /** The share that follows from what the model is worth, as written. */
    public static final String ADAPTIVE = "adaptive";

    /** The prompt that follows from the model's size, as written. */
    public static final String AUTO = "auto";

    /** Copies the list. */
    public LlmSpec {
        models = List.copyOf(models);
    }

    /** The models in a text in which several stand with commas between them, as in {@code --llm}. */
    public static List<String> models(String text) {
        return ModelList.of(text);
    }

    /** The models as users name them: the only one, or all with commas between them. */
    public String model() {
        return String.join(", ", models);
    }

    /** The same with another share of the turns; empty for what follows from the model's worth. */
    public LlmSpec withShare(OptionalDouble other) {
        return new LlmSpec(
                models, other, warmup, url, temperature, timeout, think, required, prices, access, asking, origin);
    }

    /**
     * The same with other models, which read the prompts that suit them.
     *
     * @param text as after {@code --llm}
     * @throws BadInput if they cannot share a study
     */
    public LlmSpec withModels(String text) {
        List<String> others = ModelList.checked(new Scalar(new Place("model", ""), text, true));
        return new LlmSpec(
                others,
                share,
                warmup,
                url,
                temperature,
                timeout,
                think,
                required,
                prices,
                access,
                new Asking(
                        List.of(AUTO),
                        asking.warmStart(),
                        asking.trialUsd(),
                        asking.style(),
                        asking.memory(),
                        asking.llambo()),
                origin);
    }

    /** The same with other prompts: one for all models, or one for each. */
    public LlmSpec withPrompts(List<String> prompts) {
        return new LlmSpec(
                models,
                share,
                warmup,
                url,
                temperature,
                timeout,
                think,
                required,
                prices,
                access,
                new Asking(
                        prompts,
                        asking.warmStart(),
                        asking.trialUsd(),
                        asking.style(),
                        asking.memory(),
                        asking.llambo()),
                origin);
    }

    /**
     * What the models are asked, and which of them.
     *
     * @param prompts {@code auto}, {@code full} or {@code small}: one for all models, or one for each
     * @param warmStart how many configs the first of them that can proposes before anybody else does, 0 to {@value #MOST_WARM}
     * @param trialUsd what a trial costs beside its model, in US dollars, by which free and dear models are compared
     * @param style how the method llm asks: {@code agent}, {@code chat}, {@code compressed} or {@code opro}
     * @param memory how many runs before the last the method optoprime shows, 0 to {@value #MOST_MEMORY}
     * @param llambo how the method llambo asks
     */
    public record Asking(
            List<String> prompts, int warmStart, double trialUsd, String style, int memory, LlamboSpec llambo) {

        static final String AGENT = "agent";
        static final String OPRO = "opro";
        static final List<String> STYLES = List.of(AGENT, "chat", "compressed", OPRO);

        /** More would not fit into one reply. */
        public static final int MOST_WARM = 10;

        /** More would have no room. */
        public static final int MOST_MEMORY = 100;

        static final int USUAL_MEMORY = 10;

        private static final double USUAL_TRIAL_USD = 0.01;

        /** Copies the list. */
        public Asking {
            prompts = List.copyOf(prompts);
        }

        /** Nothing but the usual. */
        public static Asking usual() {
            return new Asking(List.of(AUTO), 0, USUAL_TRIAL_USD, AGENT, USUAL_MEMORY, LlamboSpec.usual());
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
