package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chiron.agent.llm.http.OkHttpTransport;
import dev.chiron.agent.llm.http.Proxies;
import dev.chiron.agent.llm.http.StatusException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks at a provider's list of models: whether it takes the key, and what it says of each. Costs nothing. */
public final class HostedProbe {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Provider provider;
    private final String url;
    private final Map<String, String> headers;
    private final HttpClient transport;
    private final Secrets secrets;

    HostedProbe(Provider provider, String url, String key, Duration patience, Secrets secrets, Proxies proxies) {
        this.provider = provider;
        this.url = url;
        this.headers = provider.headers(key);
        this.transport = new OkHttpTransport(CONNECT, patience, InstantSource.system(), proxies);
        this.secrets = secrets;
    }

    /**
     * What was found.
     *
     * @param provider as in a spec
     * @param trouble why it cannot be used; empty when it can
     * @param models what it offers, in its own order
     */
    public record Finding(String provider, String trouble, List<Offer> models) {

        /** Copies the list. */
        public Finding {
            models = List.copyOf(models);
        }
    }

    /**
     * A model that a provider offers.
     *
     * @param name as in a spec
     * @param context prompt tokens that it reads; empty when the list does not say
     * @param schemas whether it keeps to a JSON schema; empty when the list does not say
     */
    public record Offer(String name, OptionalInt context, Optional<Boolean> schemas) {}

    /** Asks for the list, or its first hundred. */
    Finding look() {
        String query =
                provider == Provider.ANTHROPIC ? "?limit=100" : provider == Provider.GEMINI ? "?pageSize=100" : "";
        try {
            JsonNode list = fetch(url + "/models" + query);
            List<Offer> offers = new ArrayList<>();
            list.path("data").forEach(model -> offers.add(offer(model)));
            list.path("models").forEach(model -> offers.add(offer(model)));
            offers.removeIf(offer -> offer.name().isBlank());
            return new Finding(provider.word(), offers.isEmpty() ? "it lists no models" : "", offers);
        } catch (RuntimeException failed) {
            return new Finding(provider.word(), secrets.line(trouble(failed)), List.of());
        }
    }

    private String trouble(RuntimeException failed) {
        if (failed instanceof StatusException status) {
            boolean refused = status.statusCode() == 401 || status.statusCode() == 403;
            String complaint = new ReplyBody(String.valueOf(status.getMessage())).complaint();
            return (refused ? "the key is refused: " : url + " answered " + status.statusCode() + ": ") + complaint;
        }
        return "no answer at " + url;
    }

    /** How much one model reads, in tokens; empty when the provider does not say. */
    OptionalInt contextLength(String model) {
        try {
            return offer(fetch(url + "/models/" + model)).context();
        } catch (RuntimeException notThere) {
            return OptionalInt.empty();
        }
    }

    private static Offer offer(JsonNode model) {
        String name = model.path("id").asText(model.path("name").asText(""));
        JsonNode context =
                model.has("inputTokenLimit") ? model.path("inputTokenLimit") : model.path("max_input_tokens");
        JsonNode schemas = model.at("/capabilities/structured_outputs/supported");
        return new Offer(
                name.startsWith("models/") ? name.substring("models/".length()) : name,
                context.canConvertToInt() && context.asInt() > 0
                        ? OptionalInt.of(context.asInt())
                        : OptionalInt.empty(),
                schemas.isBoolean() ? Optional.of(schemas.asBoolean()) : Optional.empty());
    }

    private JsonNode fetch(String address) {
        HttpRequest.Builder request =
                HttpRequest.builder().method(HttpMethod.GET).url(address);
        headers.forEach(request::addHeader);
        return new ReplyBody(transport.execute(request.build()).body()).json();
    }
}
