package dev.chiron.agent.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The keys in the environment, and which of them goes where. */
final class Keys {
    /** The key for addresses that are no provider's own. */
    static final String ANY = "CHIRON_LLM_KEY";

    private static final Pattern SECRET = Pattern.compile("(?i)API_?KEY|_KEY$|TOKEN|SECRET|PASSWORD");

    private static final int LONG = 12; // shorter ones that are handed on may be any word

    private final Map<String, String> environment;

    Keys(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
    }

    /** Whether one of these variables is set. */
    boolean has(List<String> variables) {
        return variables.stream()
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    }

    /**
     * The provider's own key, for its own address: the variable that {@code llm.key_env} names, else the first of the
     * usual ones that is set.
     */
    String own(LlmOptions options, List<String> usual) {
        if (!options.keyEnv().isEmpty()) {
            return named(options.keyEnv());
        }
        return named(usual.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .findFirst()
                .orElse(usual.get(0)));
    }

    /** The key for an address from elsewhere: never a provider's own, unless {@code llm.key_env} says so. */
    String foreign(LlmOptions options) {
        return options.keyEnv().isEmpty() ? environment.getOrDefault(ANY, "").strip() : named(options.keyEnv());
    }

    /** The key in this variable. */
    String named(String variable) {
        String key = environment.getOrDefault(variable, "").strip();
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + variable + " with the key is not set");
        }
        if (!key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the key in " + variable + " has characters that no key has");
        }
        return key;
    }

    /** Whether a variable of that name looks as if it held a key. */
    static boolean isSecret(String variable) {
        return SECRET.matcher(variable).find();
    }

    /** Every variable that looks like a key, not only the one in use: a program's last words may hold any. */
    Secrets secrets(LlmOptions options) {
        List<String> values = new ArrayList<>();
        environment.forEach((name, value) -> {
            boolean secret = name.equals(options.keyEnv())
                    || name.equals(ANY)
                    || (options.env().contains(name) && value.strip().length() >= LONG)
                    || isSecret(name);
            // A number could not be told from a value in a reply, such as MAX_TOKENS.
            if (secret && !value.strip().matches("[0-9.]*")) {
                values.add(value.strip());
            }
        });
        return new Secrets(values);
    }
}
