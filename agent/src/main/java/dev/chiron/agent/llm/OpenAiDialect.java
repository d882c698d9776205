package dev.chiron.agent.llm;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;

/** OpenAI's chat completions, by OpenAI or by any of the many servers that speak like it. */
final class OpenAiDialect implements Dialect {
    private final Server server;
    private final LlmOptions options;
    private final Quirks quirks;
    private final Supplier<OptionalInt> context;

    /** @param context the context that the server was started with, in tokens, where it says so */
    OpenAiDialect(Server server, Supplier<OptionalInt> context) {
        this.server = server;
        this.options = server.options();
        this.quirks = server.quirks();
        this.context = context;
    }

    @Override
    public Server server() {
        return server;
    }

    @Override
    public String whenMissing() {
        return "no model " + server.model() + " there, or the URL is wrong (it usually ends in /v1)";
    }

    @Override
    public ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http) {
        OpenAiChatModel.OpenAiChatModelBuilder builder = OpenAiChatModel.builder()
                .httpClientBuilder(http)
                .baseUrl(server.url())
                .modelName(server.model())
                .timeout(options.timeout())
                .strictJsonSchema(true)
                .maxRetries(0);
        if (!server.key().isEmpty()) {
            builder.apiKey(server.key());
        }
        if (features.contains(Feature.TEMPERATURE)) {
            builder.temperature(options.temperature().orElseThrow());
        }
        if (features.contains(Feature.MAX_TOKENS)) {
            limitReply(builder, question);
        }
        if (features.contains(Feature.THINK)) {
            builder.reasoningEffort(quirks.dialled(options.think()));
        }
        ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from(question.prompt()));
        if (features.contains(Feature.SCHEMA)) {
            request.responseFormat(SchemaFormat.of(question.schema()));
        }
        return builder.build().chat(request.build());
    }

    /** Some servers cut a prompt that does not fit, with a 200; others count only what was not cached. */
    @Override
    public Optional<String> distrust(Question question, ReplyBody body) {
        int length = context.get().orElse(Integer.MAX_VALUE);
        long read = body.usage(1).tokensIn();
        boolean cut = ContextWindow.tokens(question.prompt()) > length
                && ContextWindow.readTooLittle(question.prompt(), read);
        return cut
                ? Optional.of("the server's context of " + length + " tokens cut the prompt, of which it read " + read
                        + "; start it with a longer one")
                : Optional.empty();
    }

    private void limitReply(OpenAiChatModel.OpenAiChatModelBuilder builder, Question question) {
        int room = context.get().orElse(Integer.MAX_VALUE) - ContextWindow.tokens(question.prompt());
        // Less than nothing means that the estimate, a careful one, was wrong; the server knows better.
        int limit = room > 0 ? Math.min(quirks.replyTokens(options), room) : quirks.replyTokens(options);
        if (quirks.limit() == Quirks.Limit.MAX_COMPLETION_TOKENS) {
            builder.maxCompletionTokens(limit);
        } else {
            builder.maxTokens(limit);
        }
    }
}
