package dev.chiron.agent.spec;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which language model proposes, and how often.
 *
 * @param model {@code none}, {@code builtin}, {@code ollama:NAME} and so on
 * @param share of the turns after the warm-up, 0 to 1
 * @param warmup trials before the model's first turn
 * @param url address of the server; empty for the usual one
 * @param temperature empty for the provider's own
 * @param timeout of one request
 * @param think {@code false}, {@code true}, {@code low}, {@code medium} or {@code high}
 * @param required whether the study pauses when the model cannot be reached
 * @param prices a file of prices, absolute or relative to the project's folder; empty for the usual ones
 */
public record LlmSpec(
        String model,
        double share,
        int warmup,
        Optional<String> url,
        OptionalDouble temperature,
        Duration timeout,
        String think,
        boolean required,
        Optional<String> prices) {

    /** With the usual prices. */
    public LlmSpec(
            String model,
            double share,
            int warmup,
            Optional<String> url,
            OptionalDouble temperature,
            Duration timeout,
            String think,
            boolean required) {
        this(model, share, warmup, url, temperature, timeout, think, required, Optional.empty());
    }
}
