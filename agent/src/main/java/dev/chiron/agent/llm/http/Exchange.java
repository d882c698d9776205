package dev.chiron.agent.llm.http;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** One request over the transport that keeps the raw body, in which LangChain4j does not find everything. */
public final class Exchange implements HttpClient, HttpClientBuilder {
    private final HttpClient transport;
    private final UnaryOperator<String> mending;
    private String body = "";
    private boolean answered;

    /**
     * Sends through this transport.
     *
     * @param mending what LangChain4j is given of a body instead
     */
    public Exchange(HttpClient transport, UnaryOperator<String> mending) {
        this.transport = transport;
        this.mending = mending;
    }

    /** The body as it came with a 2xx status; empty before that. */
    public String body() {
        return body;
    }

    /** Whether a 2xx status came. */
    public boolean answered() {
        return answered;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        SuccessfulHttpResponse response = transport.execute(request);
        answered = true;
        body = response.body() == null ? "" : response.body();
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers())
                .body(mending.apply(body))
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        transport.execute(request, parser, listener);
    }

    // The time limits belong to the transport, which is made once for all requests.

    @Override
    public Duration connectTimeout() {
        return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
