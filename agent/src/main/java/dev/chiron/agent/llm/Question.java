package dev.chiron.agent.llm;

import java.util.regex.Pattern;

/**
 * What a model is asked.
 *
 * @param prompt the whole text that the model reads
 * @param schema JSON schema of the wished reply, as text; empty when any text will do
 * @param key names the turn and the attempt, such as {@code 0012-0}; letters, digits, {@code . _ -}; names the record
 */
public record Question(String prompt, String schema, String key) {
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    private static final Pattern ATTEMPT = Pattern.compile("-\\d+$");

    /** Refuses a key that could not be a file name. */
    public Question {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException("bad key of a question: \"" + key + "\"");
        }
    }

    /** The key of the turn: without the attempt. */
    public String turn() {
        return turn(key);
    }

    static String turn(String key) {
        return ATTEMPT.matcher(key).replaceFirst("");
    }
}
