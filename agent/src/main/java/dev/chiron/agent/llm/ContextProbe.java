package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.chiron.agent.llm.http.OkHttpTransport;
import dev.chiron.agent.llm.http.Proxies;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Asks a server how much a model reads: the context that it was started with, where it says so, and not what the model
 * could. Empty when it does not say; nothing is assumed instead.
 */
final class ContextProbe {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final List<String> OF_MODEL = List.of("max_model_len", "context_length", "context_window");
    private static final String SERVERS_VERSION = "/v\\d+(beta)?$";

    private final String url;
    private final Map<String, String> headers;
    private final HttpClient transport;

    /**
     * @param url as for questions, ending in the version
     * @param headers with the key, if any
     * @param patience the longest wait for each look
     */
    ContextProbe(String url, Map<String, String> headers, Duration patience, Proxies proxies) {
        this.url = url;
        this.headers = new LinkedHashMap<>(headers);
        this.transport = new OkHttpTransport(CONNECT, patience, InstantSource.system(), proxies);
    }

    /**
     * What a server that speaks like OpenAI was started with: {@code loaded_context_length} of LM Studio, {@code
     * default_generation_settings.n_ctx} of llama.cpp, {@code max_model_len} of vLLM and SGLang, {@code context_length}
     * or {@code context_window} of the routers.
     */
    OptionalInt openAiLike(String model) {
        OptionalInt listed = positive(entry(fetch(url + "/models"), model), OF_MODEL);
        if (listed.isPresent()) {
            return listed;
        }
        String root = url.replaceAll(SERVERS_VERSION, "");
        JsonNode llamaCpp = fetch(root + "/props").path("default_generation_settings");
        OptionalInt slot = positive(llamaCpp, List.of("n_ctx"));
        return slot.isPresent()
                ? slot
                : positive(
                        entry(fetch(root + "/api/v0/models"), model),
                        List.of("loaded_context_length", "max_context_length"));
    }

    /** The entry of this model in a list; of a server with one model that one, whatever it is called there. */
    private static JsonNode entry(JsonNode list, String model) {
        JsonNode data = list.path("data");
        for (JsonNode entry : data) {
            if (entry.path("id").asText().equals(model)) {
                return entry;
            }
        }
        return data.size() == 1 ? data.get(0) : MissingNode.getInstance();
    }

    private static OptionalInt positive(JsonNode node, List<String> fields) {
        for (String field : fields) {
            JsonNode value = node.path(field);
            if (value.canConvertToInt() && value.asInt() > 0) {
                return OptionalInt.of(value.asInt());
            }
        }
        return OptionalInt.empty();
    }

    private JsonNode fetch(String address) {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.GET).url(address);
        headers.forEach(request::addHeader);
        try {
            return new ReplyBody(transport.execute(request.build()).body()).json();
        } catch (RuntimeException notThere) {
            return MissingNode.getInstance();
        }
    }
}
