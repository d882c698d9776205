package dev.chiron.agent.web;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may look. A page on another site can make a browser ask this server, under a name that it makes up (DNS rebinding): so the name must be
 * one of ours. Where there is a token, it must be shown: in the address once, from then on as a cookie, or as {@code Authorization: Bearer}.
 */
final class Gate {

    private static final String COOKIE = "chiron";
    private static final String QUERY = "token=";
    private static final String BEARER = "Bearer ";

    /** An address of digits and dots or in brackets is no name that anybody could make up. */
    private static final String NUMBERS = "(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+])";

    private final String host;
    private final boolean local;
    private final int port;
    private final Optional<String> token;

    /**
     * @param host by which it is reached
     * @param local whether that is this machine alone
     * @param token what must be shown; empty for nothing
     */
    Gate(String host, boolean local, int port, Optional<String> token) {
        this.host = host.toLowerCase(Locale.ROOT);
        this.local = local;
        this.port = port;
        this.token = token;
    }

    /** What becomes of a request. */
    enum Verdict {
        WELCOME,
        /** It shows the token in its address: it gets the cookie, and is sent on to the address without. */
        ARRIVES,
        NO_TOKEN,
        WRONG_NAME
    }

    Verdict judge(Headers headers, URI address) {
        if (!isOurName(header(headers, "Host")) || !isOurOrigin(header(headers, "Origin"))) {
            return Verdict.WRONG_NAME;
        }
        if (token.isEmpty()) {
            return Verdict.WELCOME;
        }
        boolean shown = cookies(headers).anyMatch(this::isToken)
                || Optional.of(header(headers, "Authorization"))
                        .filter(text -> text.startsWith(BEARER))
                        .filter(text -> isToken(text.substring(BEARER.length()).strip()))
                        .isPresent();
        boolean inAddress = Stream.of(
                        Optional.ofNullable(address.getRawQuery()).orElse("").split("&"))
                .anyMatch(part -> part.startsWith(QUERY) && isToken(part.substring(QUERY.length())));
        return inAddress ? Verdict.ARRIVES : shown ? Verdict.WELCOME : Verdict.NO_TOKEN;
    }

    /** What a browser keeps, for this server's ears alone. */
    String cookie() {
        return name() + "=" + token.orElse("") + "; HttpOnly; SameSite=Strict; Path=/";
    }

    /** Cookies know no ports, and there may be another server on this machine. */
    private String name() {
        return COOKIE + port;
    }

    private Stream<String> cookies(Headers headers) {
        String prefix = name() + "=";
        return headers.getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> Stream.of(line.split(";")))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(prefix))
                .map(cookie -> cookie.substring(prefix.length()));
    }

    private boolean isToken(String text) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.UTF_8), token.orElseThrow().getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOurName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String end = ":" + port;
        String bare = lower.endsWith(end) ? lower.substring(0, lower.length() - end.length()) : lower;
        return List.of("localhost", "127.0.0.1", "[::1]", host).contains(bare) || (!local && bare.matches(NUMBERS));
    }

    private boolean isOurOrigin(String origin) {
        return origin.isEmpty() || (origin.startsWith("http://") && isOurName(origin.substring("http://".length())));
    }

    private static String header(Headers headers, String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
}
