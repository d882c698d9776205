package dev.chiron.agent.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.Set;

/** How one kind of server is asked through LangChain4j. */
interface Dialect {

    /** The spec that opens this model again. */
    String name();

    /** Where the server is, for messages; holds no secret. */
    String address();

    /** What to do when the server does not know the model or the address. */
    String whenMissing();

    /** The optional parts that a request for this question would have. */
    Set<Feature> features(Question question);

    /** Sends one request, with these optional parts only. */
    ChatResponse send(Question question, Set<Feature> features, HttpClientBuilder http);

    /** Why this reply must not be used although it came, judged by the raw body. */
    Optional<String> distrust(Question question, ReplyBody body);
}
