package dev.chiron.agent.llm;

import dev.chiron.agent.llm.http.OkHttpTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Opens models by their spec. Keys come from environment variables only:
 * <ul>
 * <li>{@code openai:} sends {@code OPENAI_API_KEY} to {@code OPENAI_BASE_URL} or to OpenAI.
 * <li>An address from elsewhere, {@code openai-compatible:NAME@URL} or {@code llm.url}, never gets {@code OPENAI_API_KEY}
 *     by itself: it gets the variable that {@code llm.key_env} names, else {@code CHIRON_LLM_KEY}, else nothing.
 * <li>Ollama gets the variable that {@code llm.key_env} names, else nothing.
 * </ul>
 */
public final class Models {
    private static final String KNOWN =
            "none, builtin, ollama:NAME, openai:NAME, openai-compatible:NAME@URL, command:PROGRAM ARGS, replay:FOLDER";
    private static final String OPENAI_URL = "https://api.openai.com/v1";
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final String ANY_KEY = "CHIRON_LLM_KEY";

    private static final Pattern SECRET = Pattern.compile("(?i)API_?KEY|TOKEN|SECRET|PASSWORD");

    private final Map<String, String> environment;
    private final UnaryOperator<String> builtin;
    private final Retries.Sleeper sleeper;

    /**
     * Opens models with these variables.
     *
     * @param environment environment variables
     * @param builtin the rules of {@code builtin}: a prompt to a reply
     */
    public Models(Map<String, String> environment, UnaryOperator<String> builtin) {
        this(environment, builtin, wait -> Thread.sleep(wait.toMillis()));
    }

    Models(Map<String, String> environment, UnaryOperator<String> builtin, Retries.Sleeper sleeper) {
        this.environment = new TreeMap<>(environment);
        this.builtin = builtin;
        this.sleeper = sleeper;
    }

    /**
     * Opens a model. Nothing is sent yet.
     *
     * @param spec as after {@code --llm}
     * @return the model; empty for {@code none}
     * @throws IllegalArgumentException when the spec, the address or the variables do not do, with what to do
     */
    public Optional<Model> open(String spec, LlmOptions options) {
        int colon = spec.indexOf(':');
        String kind = colon < 0 ? spec : spec.substring(0, colon);
        String rest = colon < 0 ? "" : spec.substring(colon + 1).strip();
        if (rest.isEmpty()
                == List.of("ollama", "openai", "openai-compatible", "command", "replay")
                        .contains(kind)) {
            throw unknown(spec);
        }
        return switch (kind) {
            case "none" -> Optional.empty();
            case "builtin" -> Optional.of(new BuiltinModel(builtin));
            case "ollama" -> Optional.of(ollama(rest, options));
            case "openai" -> Optional.of(openai(rest, options));
            case "openai-compatible" -> Optional.of(compatible(spec, rest, options));
            case "command" -> Optional.of(command(rest, options));
            case "replay" -> Optional.of(new ReplayModel(rest));
            default -> throw unknown(spec);
        };
    }

    private static IllegalArgumentException unknown(String spec) {
        return new IllegalArgumentException("unknown model \"" + spec + "\"; known are: " + KNOWN);
    }

    private Model ollama(String model, LlmOptions options) {
        String url = OllamaHost.of(options.url(), environment);
        OkHttpTransport transport = new OkHttpTransport(options.timeout(), InstantSource.system());
        OllamaProbe probe = new OllamaProbe(environment, url, LOOK);
        ContextWindow window = new ContextWindow(options.contextMax(), () -> probe.contextLength(model));
        String key = options.keyEnv().isEmpty() ? "" : named(options.keyEnv());
        return model(new OllamaDialect(model, url, key, options, window), transport, options);
    }

    private Model openai(String model, LlmOptions options) {
        if (!options.url().isBlank()) {
            return overHttp("openai:" + model, model, address(options.url(), "llm.url"), foreignKey(options), options);
        }
        String base = environment.getOrDefault("OPENAI_BASE_URL", "");
        if (base.isBlank() && !environment.getOrDefault("OPENAI_API_BASE", "").isBlank()) {
            throw new IllegalArgumentException(
                    "OPENAI_API_BASE is no longer read by anyone; set OPENAI_BASE_URL instead, or unset it");
        }
        String url = base.isBlank() ? OPENAI_URL : address(base, "OPENAI_BASE_URL");
        String key = named(options.keyEnv().isEmpty() ? "OPENAI_API_KEY" : options.keyEnv());
        return overHttp("openai:" + model, model, url, key, options);
    }

    private Model compatible(String spec, String rest, LlmOptions options) {
        int at = Math.max(rest.lastIndexOf("@http://"), rest.lastIndexOf("@https://"));
        if (at <= 0 && options.url().isBlank()) {
            throw new IllegalArgumentException(
                    "want openai-compatible:NAME@URL with URL like http://HOST:PORT/v1, not \"" + kindOnly(spec)
                            + "\"");
        }
        String model = at <= 0 ? rest : rest.substring(0, at);
        String url = address(at <= 0 ? options.url() : rest.substring(at + 1), "the URL of openai-compatible");
        return overHttp("openai-compatible:" + model + "@" + url, model, url, foreignKey(options), options);
    }

    /** What comes after the first @ may hold a password. */
    private static String kindOnly(String spec) {
        int at = spec.indexOf('@');
        return at < 0 ? spec : spec.substring(0, at) + "@…";
    }

    private Model overHttp(String name, String model, String url, String key, LlmOptions options) {
        OkHttpTransport transport = new OkHttpTransport(options.timeout(), InstantSource.system());
        return model(new OpenAiDialect(name, model, url, key, options), transport, options);
    }

    private Model model(Dialect dialect, OkHttpTransport transport, LlmOptions options) {
        Retries retries = new Retries(options.retries(), sleeper, options.seed());
        return new HttpModel(dialect, transport, retries, secrets(options));
    }

    private Model command(String line, LlmOptions options) {
        return new CommandModel(line, environment, options, secrets(options));
    }

    private static String address(String text, String from) {
        String url = text.strip().replaceAll("/+$", "").replaceAll("/chat/completions$", "");
        if (!url.matches("(?i)https?://[^\\s/@?#]+(/[^\\s@?#]*)?") || HttpUrl.parse(url) == null) {
            throw new IllegalArgumentException(
                    from + " is not usable: want http(s)://HOST[:PORT]/PATH without user, password or query");
        }
        return url;
    }

    private String foreignKey(LlmOptions options) {
        return options.keyEnv().isEmpty()
                ? environment.getOrDefault(ANY_KEY, "").strip()
                : named(options.keyEnv());
    }

    private String named(String variable) {
        String key = environment.getOrDefault(variable, "").strip();
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + variable + " with the key is not set");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the key in " + variable + " has characters that no key has");
        }
        return key;
    }

    /** Every variable that looks like a key, not only the one in use: a program's last words may hold any. */
    private Secrets secrets(LlmOptions options) {
        List<String> values = new ArrayList<>();
        environment.forEach((name, value) -> {
            boolean secret = name.equals(options.keyEnv())
                    || name.equals(ANY_KEY)
                    || SECRET.matcher(name).find();
            // A number could not be told from a value in a reply, such as MAX_TOKENS.
            if (secret && !value.strip().matches("[0-9.]*")) {
                values.add(value.strip());
            }
        });
        return new Secrets(values);
    }
}
