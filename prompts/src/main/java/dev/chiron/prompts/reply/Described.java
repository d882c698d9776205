package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.Objective;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model makes of a plain request, as far as it stands up to the script and the texts that it was given.
 *
 * @param parts a few sentences each, on one line
 * @param objective what the script prints and which way is better
 * @param minutes how long one run may take, above 0
 * @param advice by constant
 * @param problems what could not be used and why, a line each
 */
public record Described(
        Map<TaskPart, String> parts,
        Optional<Objective> objective,
        Optional<Double> minutes,
        Map<String, Advice> advice,
        List<String> problems) {

    /** Nothing. */
    public static final Described NOTHING =
            new Described(new LinkedHashMap<>(), Optional.empty(), Optional.empty(), new LinkedHashMap<>(), List.of());

    /** Copies what is not fixed. */
    public Described {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        advice = Collections.unmodifiableMap(new LinkedHashMap<>(advice));
        problems = List.copyOf(problems);
    }

    /** Whether nothing of the reply can be used. */
    public boolean isEmpty() {
        return parts.isEmpty() && objective.isEmpty() && minutes.isEmpty() && advice.isEmpty();
    }
}
