package dev.chiron.agent.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** How answers are sent: with the headers that keep a page to itself, and packed where the way is longer than this machine. */
final class Answer {

    /** Nothing but what this server gives; no script or style within a page. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final HttpExchange exchange;

    Answer(HttpExchange exchange) {
        this.exchange = exchange;
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }

    /** Writes a body. */
    interface Body {
        void write(OutputStream out) throws IOException;
    }

    void json(int status, ObjectMapper json, JsonNode node) throws IOException {
        send(status, "application/json", out -> out.write(json.writeValueAsBytes(node)));
    }

    void text(int status, String text) throws IOException {
        send(status, "text/plain; charset=utf-8", out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends a body of any length. */
    void send(int status, String type, Body body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        boolean packed = isFar() && header("Accept-Encoding").contains("gzip");
        if (packed) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out =
                packed ? new GZIPOutputStream(exchange.getResponseBody(), 1 << 16) : exchange.getResponseBody()) {
            body.write(out);
        }
    }

    /** To this very machine packing takes longer than sending. */
    private boolean isFar() {
        return !exchange.getRemoteAddress().getAddress().isLoopbackAddress();
    }

    private String header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}
