package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Ollama's own {@code /api/chat}: its OpenAI-like address ignores {@code num_ctx} and {@code think}. */
final class OllamaDialect implements Dialect {
    private static final int REPLY_TOKENS = 2_048;
    private static final int REPLY_TOKENS_THINKING = 8_192;

    private final String model;
    private final String url;
    private final String key;
    private final LlmOptions options;
    private final ContextWindow window;

    /** @param key sent as a bearer token; empty for none */
    OllamaDialect(String model, String url, String key, LlmOptions options, ContextWindow window) {
        this.model = model;
        this.url = url;
        this.key = key;
        this.options = options;
        this.window = window;
    }

    @Override
    public String name() {
        return "ollama:" + model;
    }

    @Override
    public String address() {
        return "Ollama at " + url;
    }

    @Override
    public String whenMissing() {
        return "no model " + model + " there; try: ollama pull " + model;
    }

    @Override
    public Set<Feature> features(Question question) {
        EnumSet<Feature> features = EnumSet.of(Feature.THINK, Feature.MAX_TOKENS);
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
        int reply = replyTokens();
        OllamaChatModel.OllamaChatModelBuilder builder = OllamaChatModel.builder();
        builder.httpClientBuilder(http)
                .baseUrl(url)
                .modelName(model)
                .timeout(options.timeout())
                .numCtx(window.fit(question.prompt(), reply))
                .maxRetries(0);
        builder.defaultRequestParameters(OllamaChatRequestParameters.builder()
                .keepAlive((int) Math.min(Integer.MAX_VALUE, options.keepAlive().toSeconds()))
                .build());
        if (!key.isEmpty()) {
            builder.customHeaders(Map.of("Authorization", "Bearer " + key));
        }
        if (features.contains(Feature.THINK)) {
            builder.think(options.think());
        }
        if (features.contains(Feature.MAX_TOKENS)) {
            builder.numPredict(reply);
        }
        if (features.contains(Feature.TEMPERATURE)) {
            builder.temperature(options.temperature().orElseThrow());
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
        if (features.contains(Feature.SCHEMA)) {
            request.responseFormat(format(question.schema()));
        }
        return builder.build().chat(request.build());
    }

    /** The schema as LangChain4j takes it, untouched. */
    static ResponseFormat format(String schema) {
        return ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder()
                        .name("reply")
                        .rootElement(JsonRawSchema.from(schema))
                        .build())
                .build();
    }

    /** Ollama cuts a prompt that does not fit with a 200, and the model answers half a question. */
    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        return window.cut(question.prompt(), body.count("/prompt_eval_count"));
    }

    private int replyTokens() {
        OptionalInt wished = options.maxTokens();
        return wished.orElse(options.think() ? REPLY_TOKENS_THINKING : REPLY_TOKENS);
    }
}
