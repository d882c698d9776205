package dev.chiron.agent.llm;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Settings of a model, the {@code llm:} block of a spec.
 *
 * @param url address of the server; empty for the one in the environment
 * @param temperature sampling temperature, at least 0; absent leaves it to the server
 * @param timeout longest wait for one request, or for one run of a {@code command:}
 * @param maxTokens longest reply in tokens, reasoning included; absent chooses by the kind of server
 * @param think how much a model may reason before it answers, where it can be told
 * @param contextMax largest context in tokens that is asked of Ollama
 * @param keepAlive how long Ollama keeps the model in memory after a call; zero frees the memory for the training
 * @param keyEnv name of the environment variable with the key for {@code url}; empty for the usual one
 * @param env names of further environment variables that a {@code command:} is given
 * @param retries most repetitions of one request after overload or a server that cannot be reached
 * @param seed seeds the spread of the waits between repetitions
 */
public record LlmOptions(
        String url,
        OptionalDouble temperature,
        Duration timeout,
        OptionalInt maxTokens,
        Thinking think,
        int contextMax,
        Duration keepAlive,
        String keyEnv,
        List<String> env,
        int retries,
        long seed) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);

    /** Checks the ranges. */
    public LlmOptions {
        env = List.copyOf(env);
        if (temperature.isPresent() && !(temperature.getAsDouble() >= 0 && temperature.getAsDouble() <= 10)) {
            throw new IllegalArgumentException("llm.temperature must be from 0 to 10: " + temperature.getAsDouble());
        }
        if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("llm.timeout must be from 1 ms to 24 h: " + timeout);
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("llm.max_tokens must be at least 1: " + maxTokens.getAsInt());
        }
        if (contextMax < 1024) {
            throw new IllegalArgumentException("llm.context must be at least 1024: " + contextMax);
        }
        if (keepAlive.isNegative() || retries < 0) {
            throw new IllegalArgumentException("llm.keep_alive and llm.retries must not be negative");
        }
    }

    /** What a study uses when it says nothing. */
    public static LlmOptions defaults() {
        return new LlmOptions(
                "",
                OptionalDouble.empty(),
                Duration.ofMinutes(10),
                OptionalInt.empty(),
                Thinking.OFF,
                32_768,
                Duration.ofMinutes(30),
                "",
                List.of(),
                3,
                0);
    }

    /** With another address. */
    public LlmOptions withUrl(String other) {
        return new LlmOptions(
                other, temperature, timeout, maxTokens, think, contextMax, keepAlive, keyEnv, env, retries, seed);
    }

    /** With another temperature. */
    public LlmOptions withTemperature(double other) {
        return new LlmOptions(
                url,
                OptionalDouble.of(other),
                timeout,
                maxTokens,
                think,
                contextMax,
                keepAlive,
                keyEnv,
                env,
                retries,
                seed);
    }

    /** With another time limit. */
    public LlmOptions withTimeout(Duration other) {
        return new LlmOptions(
                url, temperature, other, maxTokens, think, contextMax, keepAlive, keyEnv, env, retries, seed);
    }

    /** With another longest reply, in tokens. */
    public LlmOptions withMaxTokens(int other) {
        return new LlmOptions(
                url,
                temperature,
                timeout,
                OptionalInt.of(other),
                think,
                contextMax,
                keepAlive,
                keyEnv,
                env,
                retries,
                seed);
    }

    /** With more or less reasoning. */
    public LlmOptions withThink(Thinking other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, other, contextMax, keepAlive, keyEnv, env, retries, seed);
    }

    /** With another largest context, in tokens. */
    public LlmOptions withContextMax(int other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, think, other, keepAlive, keyEnv, env, retries, seed);
    }

    /** With another time that Ollama keeps the model in memory. */
    public LlmOptions withKeepAlive(Duration other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, think, contextMax, other, keyEnv, env, retries, seed);
    }

    /** With the key taken from the environment variable of this name. */
    public LlmOptions withKeyEnv(String other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, think, contextMax, keepAlive, other, env, retries, seed);
    }

    /** With these further environment variables given to a {@code command:}. */
    public LlmOptions withEnv(List<String> other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, think, contextMax, keepAlive, keyEnv, other, retries, seed);
    }

    /** With another number of repetitions. */
    public LlmOptions withRetries(int other) {
        return new LlmOptions(
                url, temperature, timeout, maxTokens, think, contextMax, keepAlive, keyEnv, env, other, seed);
    }
}
