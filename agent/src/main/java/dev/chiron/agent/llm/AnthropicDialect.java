package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.OptionalInt;
import java.util.Set;

/** Anthropic's messages, with a structured output: newer models refuse a forced tool. */
final class AnthropicDialect implements Dialect {
    private static final int LEAST_BUDGET = 1_024;

    private final Server server;
    private final LlmOptions options;
    private final Quirks quirks;

    AnthropicDialect(Server server) {
        this.server = server;
        this.options = server.options();
        this.quirks = server.quirks();
    }

    @Override
    public Server server() {
        return server;
    }

    /** The limit itself is demanded; what may be refused is how large it is. */
    @Override
    public OptionalInt longestReply(Set<Feature> features) {
        return OptionalInt.of(
                features.contains(Feature.MAX_TOKENS) ? quirks.replyTokens(options) : quirks.leastReplyTokens(options));
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        int limit = longestReply(features).orElseThrow();
        AnthropicChatModel.AnthropicChatModelBuilder builder = AnthropicChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(server.url())
                .apiKey(server.someKey())
                .modelName(server.model())
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
}
