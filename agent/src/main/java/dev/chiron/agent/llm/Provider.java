package dev.chiron.agent.llm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/** The hosted providers: where they are, which variables say otherwise, and where their keys are. */
enum Provider {
    OPENAI("https://api.openai.com", "OPENAI_BASE_URL", "/v1"),
    ANTHROPIC("https://api.anthropic.com", "ANTHROPIC_BASE_URL", "/v1"),
    GEMINI("https://generativelanguage.googleapis.com", "GOOGLE_GEMINI_BASE_URL", "/v1beta");

    private final String usual;
    private final String variable;
    private final String version;

    Provider(String usual, String variable, String version) {
        this.usual = usual;
        this.variable = variable;
        this.version = version;
    }

    /** As in a spec. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The variables that may hold its key, the first that is set holds. */
    List<String> keys() {
        return switch (this) {
            case OPENAI -> List.of("OPENAI_API_KEY");
            case ANTHROPIC -> List.of("ANTHROPIC_API_KEY");
            case GEMINI -> List.of("GEMINI_API_KEY", "GOOGLE_API_KEY");
        };
    }

    /** The headers that carry a key to it; none for an empty key. */
    Map<String, String> headers(String key) {
        if (key.isEmpty()) {
            return Map.of();
        }
        return switch (this) {
            case OPENAI -> Map.of("Authorization", "Bearer " + key);
            case ANTHROPIC -> {
                Map<String, String> headers = new LinkedHashMap<>();
                headers.put("x-api-key", key);
                headers.put("anthropic-version", "2023-06-01");
                yield headers;
            }
            case GEMINI -> Map.of("x-goog-api-key", key);
        };
    }

    /** Its address, with the version at the end. */
    String url(Map<String, String> environment) {
        if (this == OPENAI
                && environment.getOrDefault(variable, "").isBlank()
                && !environment.getOrDefault("OPENAI_API_BASE", "").isBlank()) {
            throw new IllegalArgumentException(
                    "OPENAI_API_BASE is no longer read by anyone; set OPENAI_BASE_URL instead, or unset it");
        }
        String base = environment.getOrDefault(variable, "");
        return base.isBlank() ? usual + version : at(base, variable);
    }

    /**
     * An address like its own, with the version at the end. Where OpenAI's variable ends in the version by custom,
     * the others' do not: it is added where it is missing.
     *
     * @param from the setting it comes from, for the message
     */
    String at(String text, String from) {
        String url = address(text, from);
        return this == OPENAI || url.matches(".*/v\\d+[a-z0-9]*") ? url : url + version;
    }

    /** A usable address without what may follow it by mistake. */
    static String address(String text, String from) {
        String url = text.strip().replaceAll("/+$", "").replaceAll("/(chat/completions|messages)$", "");
        if (!url.matches("(?i)https?://[^\\s/@?#]+(/[^\\s@?#]*)?") || HttpUrl.parse(url) == null) {
            throw new IllegalArgumentException(
                    from + " is not usable: want http(s)://HOST[:PORT]/PATH without user, password or query");
        }
        return url;
    }
}
