package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Google's {@code generateContent}. The key goes in a header, never in the URL. */
final class GeminiDialect implements Dialect {
    private static final int DYNAMIC = -1;

    private final String model;
    private final String url;
    private final String key;
    private final LlmOptions options;
    private final Quirks quirks;

    /**
     * @param url ends in the version, such as {@code /v1beta}
     * @param key sent as {@code x-goog-api-key}; empty for none
     */
    GeminiDialect(String model, String url, String key, LlmOptions options) {
        this.model = model;
        this.url = url;
        this.key = key;
        this.options = options;
        this.quirks = Quirks.of("gemini", model);
    }

    @Override
    public String name() {
        return "gemini:" + model;
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
        GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder builder = GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .apiKey(key.isEmpty() ? "none" : key)
                .modelName(model)
                .timeout(options.timeout())
                .returnThinking(true)
                .maxRetries(0);
        if (features.contains(Feature.MAX_TOKENS)) {
            builder.maxOutputTokens(quirks.replyTokens(options));
        }
        if (features.contains(Feature.THINK)) {
            builder.thinkingConfig(thinking());
        }
        if (features.contains(Feature.TEMPERATURE)) {
            builder.temperature(options.temperature().orElseThrow());
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
        if (features.contains(Feature.SCHEMA)) {
            request.responseFormat(SchemaFormat.of(question.schema()));
        }
        return builder.build().chat(request.build());
    }

    private GeminiThinkingConfig thinking() {
        String dialled = quirks.dialled(options.think());
        GeminiThinkingConfig.Builder thinking = GeminiThinkingConfig.builder();
        if (quirks.dial() == Quirks.Dial.LEVEL) {
            return thinking.thinkingLevel(dialled).build();
        }
        return thinking.thinkingBudget(options.think() == Thinking.ON ? DYNAMIC : Integer.parseInt(dialled))
                .build();
    }

    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        return Optional.empty();
    }
}
