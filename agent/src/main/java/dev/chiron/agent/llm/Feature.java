package dev.chiron.agent.llm;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Parts of a request that some servers refuse with a 400 and that can be left out. */
enum Feature {
    TEMPERATURE("temperature|sampling"),
    MAX_TOKENS("max_tokens|max_completion_tokens|max_?output_?tokens|num_predict"),
    THINK("think|reasoning"),
    SCHEMA("response_format|schema|format|output_config");

    private final Pattern words;

    Feature(String words) {
        this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }

    /**
     * The part to leave out next time: the one that the server names, otherwise the schema, which is the one that
     * servers refuse without naming it.
     */
    static Optional<Feature> blamed(Set<Feature> sent, String complaint) {
        for (Feature feature : values()) {
            if (sent.contains(feature) && feature.words.matcher(complaint).find()) {
                return Optional.of(feature);
            }
        }
        return sent.contains(SCHEMA) ? Optional.of(SCHEMA) : Optional.empty();
    }
}
