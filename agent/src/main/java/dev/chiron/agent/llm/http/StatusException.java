package dev.chiron.agent.llm.http;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;

/** A status other than 2xx with the wait that the server asked for, which LangChain4j's own exception drops. */
public final class StatusException extends HttpException {
    private final Duration retryAfter;

    StatusException(int status, String body, Duration retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    /** The wait that the server asked for; zero when it asked for none. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
