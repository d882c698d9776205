package dev.chiron.agent.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** How one kind of server is asked through LangChain4j. */
interface Dialect {

    /** Who is asked. */
    Server server();

    /** Where the server is, for messages. */
    default String address() {
        return server().url();
    }

    /** What to do when the server does not know the model or the address. */
    default String whenMissing() {
        return "no model " + server().model() + " there, or the URL is wrong";
    }

    /**
     * The longest reply that the server is asked for, in tokens, reasoning included.
     *
     * @param features the optional parts that are sent
     * @return empty where it is asked for no bound
     */
    default OptionalInt longestReply(Set<Feature> features) {
        return features.contains(Feature.MAX_TOKENS)
                ? OptionalInt.of(server().quirks().replyTokens(server().options()))
                : OptionalInt.empty();
    }

    /** Sends one request, with these optional parts only. */
    ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http);

    /** Why this reply must not be used although it came, judged by the raw body. */
    default Optional<String> distrust(Question question, ReplyBody body) {
        return Optional.empty();
    }
}
