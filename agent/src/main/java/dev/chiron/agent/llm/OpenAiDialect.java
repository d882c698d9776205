package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** OpenAI's chat completions, by OpenAI or by any of the many servers that speak like it. */
final class OpenAiDialect implements Dialect {
    // Reasoning counts here too; with no limit at all a small model can go on until the time limit.
    private static final int OPENAI_REPLY_TOKENS = 16_384;
    private static final int OTHERS_REPLY_TOKENS = 4_096;

    private final String name;
    private final String model;
    private final String url;
    private final String key;
    private final LlmOptions options;

    /**
     * @param name the spec
     * @param key sent as a bearer token; empty for none
     */
    OpenAiDialect(String name, String model, String url, String key, LlmOptions options) {
        this.name = name;
        this.model = model;
        this.url = url;
        this.key = key;
        this.options = options;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String address() {
        return url;
    }

    @Override
    public String whenMissing() {
        return "no model " + model + " there, or the URL is wrong (it usually ends in /v1)";
    }

    @Override
    public Set<Feature> features(Question question) {
        EnumSet<Feature> features = EnumSet.of(Feature.MAX_TOKENS);
        if (!question.schema().isBlank()) {
            features.add(Feature.SCHEMA);
        }
        if (options.temperature().isPresent()) {
            features.add(Feature.TEMPERATURE);
        }
        return features;
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(url)
                .modelName(model)
                .timeout(options.timeout())
                .strictJsonSchema(true)
                .maxRetries(0);
        if (!key.isEmpty()) {
            builder.apiKey(key);
        }
        if (features.contains(Feature.TEMPERATURE)) {
            builder.temperature(options.temperature().orElseThrow());
        }
        if (features.contains(Feature.MAX_TOKENS)) {
            limitReply(builder);
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
        if (features.contains(Feature.SCHEMA)) {
            request.responseFormat(OllamaDialect.format(question.schema()));
        }
        return builder.build().chat(request.build());
    }

    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        return Optional.empty();
    }

    /** OpenAI's reasoning models refuse {@code max_tokens}; many others know nothing else. */
    private void limitReply(OpenAiChatModel.OpenAiChatModelBuilder builder) {
        if (name.startsWith("openai:")) {
            builder.maxCompletionTokens(options.maxTokens().orElse(OPENAI_REPLY_TOKENS));
        } else {
            builder.maxTokens(options.maxTokens().orElse(OTHERS_REPLY_TOKENS));
        }
    }
}
