package dev.chiron.agent.llm;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Reads {@code OLLAMA_HOST} as Ollama does: scheme and port may be missing, and 0.0.0.0 is where a server listens. */
final class OllamaHost {
    private static final Pattern SHAPE =
            Pattern.compile("(?i)(?:(https?)://)?(\\[[^\\]]*]|[A-Za-z0-9._-]*)(?::(\\d{1,5}))?(/[^\\s?#@]*)?");

    private OllamaHost() {}

    /** The address of the server: {@code url} where given, else {@code OLLAMA_HOST}, else this machine. */
    static String of(String url, Map<String, String> environment) {
        boolean given = !url.isBlank();
        String text = given ? url : environment.getOrDefault("OLLAMA_HOST", "");
        Matcher shape = SHAPE.matcher(text.strip().replaceAll("^\"|\"$", ""));
        if (!shape.matches()) {
            throw refusal(given);
        }
        boolean bare = shape.group(1) == null;
        String scheme = bare ? "http" : shape.group(1).toLowerCase(Locale.ROOT);
        String host = shape.group(2).isEmpty() || shape.group(2).equals("0.0.0.0") ? "127.0.0.1" : shape.group(2);
        host = host.equals("[::]") ? "[::1]" : host;
        // A scheme without a port means that scheme's port, a bare host Ollama's.
        String port = shape.group(3) != null ? ":" + shape.group(3) : bare ? ":11434" : "";
        String path = shape.group(4) == null ? "" : shape.group(4).replaceAll("/+$", "");
        String address = scheme + "://" + host + port + path;
        if (HttpUrl.parse(address) == null) {
            throw refusal(given);
        }
        return address;
    }

    private static IllegalArgumentException refusal(boolean given) {
        return new IllegalArgumentException((given ? "llm.url" : "OLLAMA_HOST")
                + " is not an address of an Ollama server: want http://HOST:PORT, without user, password or query");
    }
}
