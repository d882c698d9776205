package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import java.util.Set;

/** Google's {@code generateContent}. The key goes in a header, never in the URL. */
final class GeminiDialect implements Dialect {
    private static final int DYNAMIC = -1;

    private final Server server;
    private final LlmOptions options;
    private final Quirks quirks;

    GeminiDialect(Server server) {
        this.server = server;
        this.options = server.options();
        this.quirks = server.quirks();
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder builder = GoogleAiGeminiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(server.url())
                .apiKey(server.someKey())
                .modelName(server.model())
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
}
