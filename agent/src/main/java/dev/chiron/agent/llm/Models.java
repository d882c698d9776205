package dev.chiron.agent.llm;

import dev.chiron.agent.llm.http.OkHttpTransport;
import dev.chiron.agent.llm.http.Proxies;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Opens models by their spec. Keys come from environment variables only:
 * <ul>
 * <li>{@code openai:}, {@code anthropic:} and {@code gemini:} send {@code OPENAI_API_KEY}, {@code ANTHROPIC_API_KEY},
 *     {@code GEMINI_API_KEY} (or {@code GOOGLE_API_KEY}) to their provider, or to where {@code OPENAI_BASE_URL}, {@code
 *     ANTHROPIC_BASE_URL} or {@code GOOGLE_GEMINI_BASE_URL} says.
 * <li>An address from elsewhere, {@code openai-compatible:NAME@URL} or {@code llm.url}, never gets one of these by
 *     itself: it gets the variable that {@code llm.key_env} names, else {@code CHIRON_LLM_KEY}, else nothing.
 * <li>Ollama gets the variable that {@code llm.key_env} names, else nothing.
 * </ul>
 */
public final class Models {
    private static final String KNOWN =
            "none, builtin, perturb, ollama:NAME, openai:NAME, anthropic:NAME, gemini:NAME, openai-compatible:NAME@URL, "
                    + "command:PROGRAM ARGS, replay:FOLDER";
    private static final List<String> BARE = List.of("none", "builtin");
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Map<String, String> environment;
    private final Keys keys;
    private final Proxies proxies;
    private final UnaryOperator<String> builtin;
    private final Retries.Sleeper sleeper;
    private final InstantSource clock;

    /**
     * Opens models with these variables.
     *
     * @param environment environment variables
     * @param builtin the rules of {@code builtin}: a prompt to a reply
     */
    public Models(Map<String, String> environment, UnaryOperator<String> builtin) {
        this(environment, builtin, wait -> Thread.sleep(wait.toMillis()), InstantSource.system());
    }

    Models(
            Map<String, String> environment,
            UnaryOperator<String> builtin,
            Retries.Sleeper sleeper,
            InstantSource clock) {
        this.environment = new TreeMap<>(environment);
        this.keys = new Keys(environment);
        this.proxies = new Proxies(environment);
        this.builtin = builtin;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /**
     * Opens a model. Nothing is sent yet.
     *
     * @param spec as after {@code --llm}
     * @return the model; empty for {@code none}
     * @throws IllegalArgumentException when the spec, the address or the variables do not do, with what to do
     */
    public Optional<Model> open(String spec, LlmOptions options) {
        String kind = kind(spec);
        String rest = rest(spec);
        if (rest.isEmpty() != BARE.contains(kind)) {
            throw unknown(spec);
        }
        return switch (kind) {
            case "none" -> Optional.empty();
            case "perturb" ->
                throw new IllegalArgumentException("perturb reads no prompt: it only takes a model's turns in a study");
            case "builtin" -> Optional.of(new BuiltinModel(builtin));
            case "ollama" -> Optional.of(ollama(rest, options));
            case "openai", "anthropic", "gemini" -> Optional.of(hosted(provider(kind), rest, options));
            case "openai-compatible" -> Optional.of(compatible(rest, options));
            case "command" -> Optional.of(new CommandModel(rest, environment, options, keys.secrets(options)));
            case "replay" -> Optional.of(new ReplayModel(rest));
            default -> throw unknown(spec);
        };
    }

    /**
     * Who was asked on each turn of a recorded study.
     *
     * @param spec as after {@code --llm}, {@code replay:FOLDER}
     * @return names by the key of the turn, in order
     * @throws IllegalArgumentException if there is no such folder
     */
    public Map<String, String> authors(String spec) {
        return new ReplayModel(rest(spec)).authors();
    }

    /**
     * How much a model reads, in tokens, as its server says now.
     *
     * @return empty when the server does not say or is not there, and for what has no server
     */
    public OptionalInt contextLength(String spec, LlmOptions options) {
        String rest = rest(spec);
        return switch (kind(spec)) {
            case "ollama" -> new OllamaProbe(environment, options.url(), LOOK).contextLength(rest);
            case "openai", "anthropic", "gemini" -> {
                Provider provider = provider(kind(spec));
                yield probe(provider, options).contextLength(rest);
            }
            case "openai-compatible" -> {
                Compatible server = Compatible.of(rest, options);
                yield probe(server.url(), options).openAiLike(server.model());
            }
            default -> OptionalInt.empty();
        };
    }

    /**
     * How many parameters a model has, in billions: by its name, else as Ollama says now.
     *
     * @return empty when neither says, and for what is no model's name, such as a command line
     */
    public OptionalDouble billions(String spec, LlmOptions options) {
        String rest = rest(spec);
        return switch (kind(spec)) {
            case "ollama" -> {
                OptionalDouble named = ModelSize.billions(rest);
                yield named.isPresent() ? named : new OllamaProbe(environment, options.url(), LOOK).billions(rest);
            }
            case "openai", "anthropic", "gemini" -> ModelSize.billions(rest);
            case "openai-compatible" ->
                ModelSize.billions(Compatible.of(rest, options).model());
            default -> OptionalDouble.empty();
        };
    }

    /**
     * Whether a model can reason before it answers, as its server says now.
     *
     * @return empty when it does not say; only Ollama does
     */
    public Optional<Boolean> thinks(String spec, LlmOptions options) {
        return kind(spec).equals("ollama")
                ? new OllamaProbe(environment, options.url(), LOOK).thinks(rest(spec))
                : Optional.empty();
    }

    /** The names of the variables that hold a key of a provider, never the keys. */
    public List<String> keys() {
        return Stream.concat(
                        Arrays.stream(Provider.values()).flatMap(provider -> provider.keys().stream()),
                        Stream.of(Keys.ANY))
                .filter(name -> keys.has(List.of(name)))
                .toList();
    }

    /** Asks each provider whose key is set what it offers; nothing of that is charged. */
    public List<HostedProbe.Finding> hosted() {
        LlmOptions options = LlmOptions.defaults();
        return Arrays.stream(Provider.values())
                .filter(provider -> keys.has(provider.keys()))
                .map(provider -> look(provider, options))
                .toList();
    }

    private HostedProbe.Finding look(Provider provider, LlmOptions options) {
        try {
            return probe(provider, options).look();
        } catch (IllegalArgumentException unusable) {
            return new HostedProbe.Finding(provider.word(), String.valueOf(unusable.getMessage()), List.of());
        }
    }

    private static String kind(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? spec : spec.substring(0, colon);
    }

    private static String rest(String spec) {
        int colon = spec.indexOf(':');
        return colon < 0 ? "" : spec.substring(colon + 1).strip();
    }

    private static Provider provider(String kind) {
        return Arrays.stream(Provider.values())
                .filter(provider -> provider.word().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static IllegalArgumentException unknown(String spec) {
        return new IllegalArgumentException("unknown model \"" + spec + "\"; known are: " + KNOWN);
    }

    private Model ollama(String model, LlmOptions options) {
        String url = OllamaHost.of(options.url(), environment);
        OllamaProbe probe = new OllamaProbe(environment, url, LOOK);
        ContextWindow window = new ContextWindow(options.contextMax(), () -> probe.contextLength(model));
        String key = options.keyEnv().isEmpty() ? "" : keys.named(options.keyEnv());
        return overHttp(new OllamaDialect(new Server("ollama", model, url, key, options), window), options);
    }

    private Model hosted(Provider provider, String model, LlmOptions options) {
        Server server = new Server(provider.word(), model, url(provider, options), key(provider, options), options);
        Dialect dialect = switch (provider) {
            case OPENAI -> new OpenAiDialect(server, OptionalInt::empty);
            case ANTHROPIC -> new AnthropicDialect(server);
            case GEMINI -> new GeminiDialect(server);
        };
        return overHttp(dialect, options);
    }

    private Model compatible(String rest, LlmOptions options) {
        Compatible named = Compatible.of(rest, options);
        ContextProbe probe = probe(named.url(), options);
        Supplier<OptionalInt> context = new Known(() -> probe.openAiLike(named.model()));
        Server server = new Server(
                "openai-compatible", named.name(), named.model(), named.url(), keys.foreign(options), options);
        return overHttp(new OpenAiDialect(server, context), options);
    }

    private String url(Provider provider, LlmOptions options) {
        return options.url().isBlank() ? provider.url(environment) : provider.at(options.url(), "llm.url");
    }

    private String key(Provider provider, LlmOptions options) {
        return options.url().isBlank() ? keys.own(options, provider.keys()) : keys.foreign(options);
    }

    private HostedProbe probe(Provider provider, LlmOptions options) {
        return new HostedProbe(
                provider, url(provider, options), key(provider, options), LOOK, keys.secrets(options), proxies);
    }

    private ContextProbe probe(String url, LlmOptions options) {
        return new ContextProbe(url, Provider.OPENAI.headers(keys.foreign(options)), LOOK, proxies);
    }

    private Model overHttp(Dialect dialect, LlmOptions options) {
        return new HttpModel(
                dialect,
                new OkHttpTransport(options.timeout(), clock, proxies),
                new Retries(options.retries(), sleeper, options.seed()),
                keys.secrets(options),
                clock);
    }
}
