package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaChatRequestParameters;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ollama's own {@code /api/chat}: its OpenAI-like address ignores {@code num_ctx} and {@code think}. */
final class OllamaDialect implements Dialect {
    private final Server server;
    private final LlmOptions options;
    private final ContextWindow window;
    private final Quirks quirks;

    OllamaDialect(Server server, ContextWindow window) {
        this.server = server;
        this.options = server.options();
        this.window = window;
        this.quirks = server.quirks();
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public String address() {
        return "Ollama at " + server.url();
    }

    @Override
    public String whenMissing() {
        return "no model " + server.model() + " there; try: ollama pull " + server.model();
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        int reply = quirks.replyTokens(options);
        OllamaChatModel.OllamaChatModelBuilder builder = OllamaChatModel.builder();
        builder.httpClientBuilder(http)
                .baseUrl(server.url())
                .modelName(server.model())
                .timeout(options.timeout())
                .numCtx(window.fit(question.prompt(), reply))
                .maxRetries(0);
        builder.defaultRequestParameters(OllamaChatRequestParameters.builder()
                .keepAlive((int) Math.min(Integer.MAX_VALUE, options.keepAlive().toSeconds()))
                .build());
        if (!server.key().isEmpty()) {
            builder.customHeaders(Map.of("Authorization", "Bearer " + server.key()));
        }
        if (features.contains(Feature.THINK)) {
            builder.think(options.think() != Thinking.OFF);
        }
        if (features.contains(Feature.MAX_TOKENS)) {
            builder.numPredict(reply);
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

    /** Ollama cuts a prompt that does not fit with a 200, and the model answers half a question. */
    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        return window.cut(question.prompt(), body.usage(1).tokensIn());
    }
}
