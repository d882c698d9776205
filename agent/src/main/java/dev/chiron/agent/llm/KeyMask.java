package dev.chiron.agent.llm;

import java.util.Map;

/** Takes the keys that are in the environment out of texts that are shown to others. */
public final class KeyMask {

    private final Secrets secrets;

    private KeyMask(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Of every variable that looks as if it held a key. */
    public static KeyMask of(Map<String, String> environment) {
        return new KeyMask(new Keys(environment).secrets(LlmOptions.defaults()));
    }

    /** Whether a variable of that name looks as if it held a key. */
    public static boolean isSecret(String variable) {
        return Keys.isSecret(variable);
    }

    /** The text with the keys made unreadable. */
    public String mask(String text) {
        return secrets.mask(text);
    }
}
