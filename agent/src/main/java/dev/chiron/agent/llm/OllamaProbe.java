package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.llm.http.OkHttpTransport;
import dev.chiron.agent.llm.http.Proxies;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A quick look whether Ollama answers, and what it has; nothing is loaded and nothing waits long. */
public final class OllamaProbe {
    private static final Duration CONNECT = Duration.ofMillis(300);
    // The first call of a program loads classes meanwhile, so a server that is there gets longer than one that is not.
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final HttpClient transport;

    /** Looks at {@code OLLAMA_HOST}, or at this machine when that is not set: at most 300 ms for a connection. */
    public OllamaProbe(Map<String, String> environment) {
        this(environment, "", PATIENCE);
    }

    /**
     * Looks at an address.
     *
     * @param url the address; empty for the one in the environment
     * @param patience the longest wait for each look; for the connection alone it is 300 ms at most
     */
    public OllamaProbe(Map<String, String> environment, String url, Duration patience) {
        this.url = OllamaHost.of(url, environment);
        this.transport = new OkHttpTransport(CONNECT, patience, InstantSource.system(), new Proxies(environment));
    }

    /** Looks whether Ollama answers, and which models it has, in its own order (the latest first). */
    public Finding look() {
        Optional<JsonNode> tags = fetch(HttpMethod.GET, "/api/tags", "");
        if (tags.isEmpty() || !tags.get().path("models").isArray()) {
            return new Finding(url, false, List.of());
        }
        List<LocalModel> models = new ArrayList<>();
        for (JsonNode model : tags.get().path("models")) {
            String name = model.path("name").asText(model.path("model").asText(""));
            if (!name.isBlank()) {
                models.add(new LocalModel(name, Math.max(0, model.path("size").asLong(0))));
            }
        }
        return new Finding(url, true, models);
    }

    /** The model's own context length in tokens; empty when the server does not answer or does not say. */
    public OptionalInt contextLength(String model) {
        Optional<JsonNode> shown = show(model);
        if (shown.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode info = shown.get().path("model_info");
        // The key is led by the architecture: qwen3.context_length, llama.context_length …
        JsonNode length = info.path(info.path("general.architecture").asText("") + ".context_length");
        return length.canConvertToInt() && length.asInt() > 0 ? OptionalInt.of(length.asInt()) : OptionalInt.empty();
    }

    /** The model's parameters in billions; empty when the server does not answer or does not say. */
    public OptionalDouble billions(String model) {
        return show(model)
                .map(shown -> ModelSize.billions(
                        shown.path("details").path("parameter_size").asText("")))
                .orElse(OptionalDouble.empty());
    }

    /** The server's version; empty when it does not answer or does not say. */
    public Optional<String> version() {
        return fetch(HttpMethod.GET, "/api/version", "")
                .map(answer -> answer.path("version").asText(""))
                .filter(version -> !version.isBlank());
    }

    /** Whether the model can reason before it answers; empty when the server does not say. */
    public Optional<Boolean> thinks(String model) {
        return show(model)
                .map(shown -> shown.path("capabilities"))
                .filter(JsonNode::isArray)
                .map(capabilities -> {
                    boolean thinks = false;
                    for (JsonNode capability : capabilities) {
                        thinks |= capability.asText().equals("thinking");
                    }
                    return thinks;
                });
    }

    /** How the model is in memory now; empty when it is not, or the server does not say. */
    public Optional<Loaded> loaded(String model) {
        Optional<JsonNode> running = fetch(HttpMethod.GET, "/api/ps", "").map(answer -> answer.path("models"));
        for (JsonNode one : running.orElse(JSON.createArrayNode())) {
            String name = one.path("name").asText(one.path("model").asText(""));
            if (name.equals(model) || name.equals(model + ":latest")) {
                JsonNode context = one.path("context_length");
                double bytes = one.path("size").asDouble();
                return Optional.of(new Loaded(
                        context.canConvertToInt() && context.asInt() > 0
                                ? OptionalInt.of(context.asInt())
                                : OptionalInt.empty(),
                        bytes > 0
                                ? OptionalDouble.of(
                                        Math.min(1, one.path("size_vram").asDouble() / bytes))
                                : OptionalDouble.empty()));
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> show(String model) {
        return fetch(
                HttpMethod.POST,
                "/api/show",
                JSON.createObjectNode().put("model", model).toString());
    }

    private Optional<JsonNode> fetch(HttpMethod method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.builder().method(method).url(url + path);
        if (!body.isEmpty()) {
            request.addHeader("Content-Type", "application/json").body(body);
        }
        try {
            return Optional.of(new ReplyBody(transport.execute(request.build()).body()).json());
        } catch (RuntimeException notThere) {
            return Optional.empty();
        }
    }

    /**
     * What was found.
     *
     * @param url where was looked
     * @param answers whether an Ollama server answered there
     * @param models what it has; empty when it does not answer
     */
    public record Finding(String url, boolean answers, List<LocalModel> models) {

        /** Copies the list. */
        public Finding {
            models = List.copyOf(models);
        }
    }

    /**
     * A model in Ollama's memory.
     *
     * @param context the tokens that its window really has; empty with servers that do not say
     * @param onGpu the share of it, 0 to 1, that is in a GPU's memory
     */
    public record Loaded(OptionalInt context, OptionalDouble onGpu) {}

    /**
     * A model that Ollama has.
     *
     * @param name its name, as in {@code ollama:NAME}
     * @param bytes its size on disk; 0 when unknown
     */
    public record LocalModel(String name, long bytes) {}
}
