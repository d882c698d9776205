package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Anthropic's messages, with a structured output: newer models refuse a forced tool. */
final class AnthropicDialect implements Dialect {
    private static final int LEAST_BUDGET = 1_024;

    private final String model;
    private final String url;
    private final String key;
    private final LlmOptions options;
    private final Quirks quirks;

    /**
     * @param url ends in the version, such as {@code /v1}
     * @param key sent as {@code x-api-key}; empty for none
     */
    AnthropicDialect(String model, String url, String key, LlmOptions options) {
        this.model = model;
        this.url = url;
        this.key = key;
        this.options = options;
        this.quirks = Quirks.of("anthropic", model);
    }

    @Override
    public String name() {
        return "anthropic:" + model;
    }

    @Override
    public String address() {
        return url;
    }

    @Override
    public String whenMissing() {
        return "no model " + model + " there, or the URL is wrong";
    }

    @Override
    public Set<Feature> features(Question question) {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        quirks.addTo(features, options, question);
        return features;
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        // The limit itself is demanded; what may be refused is how large it is.
        int limit =
                features.contains(Feature.MAX_TOKENS) ? quirks.replyTokens(options) : quirks.leastReplyTokens(options);
        AnthropicChatModel.AnthropicChatModelBuilder builder = AnthropicChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .apiKey(key.isEmpty() ? "none" : key)
                .modelName(model)
                .timeout(options.timeout())
                .maxTokens(limit)
                .maxRetries(0);
        if (features.contains(Feature.THINK)) {
            think(builder, limit);
        }
        if (features.contains(Feature.TEMPERATURE)) {
            builder.temperature(options.temperature().orElseThrow());
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
        if (features.contains(Feature.SCHEMA)) {
            request.responseFormat(SchemaFormat.withoutBounds(question.schema()));
        }
        return builder.build().chat(request.build());
    }

    /** A budget must leave room for the reply; where there is none, nothing is thought. */
    private void think(AnthropicChatModel.AnthropicChatModelBuilder builder, int limit) {
        String dialled = quirks.dialled(options.think());
        if (quirks.dial() == Quirks.Dial.ADAPTIVE) {
            builder.thinkingType(dialled);
        } else if (quirks.dial() == Quirks.Dial.BUDGET && limit / 2 >= LEAST_BUDGET) {
            int budget = Math.max(LEAST_BUDGET, Math.min(limit / 2, Integer.parseInt(dialled)));
            builder.thinkingType("enabled").thinkingBudgetTokens(budget);
        }
    }

    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        return Optional.empty();
    }
}
