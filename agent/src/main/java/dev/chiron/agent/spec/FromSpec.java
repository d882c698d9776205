package dev.chiron.agent.spec;

import java.util.List;
import java.util.Optional;

/**
 * Which earlier results a study begins with.
 *
 * @param sources study folders, tables and databases, absolute or relative to the project's folder; none for no earlier results
 * @param metric what the metric is called there, of several objectives each one's name, parted by commas; empty where they have the task's names
 * @param missingIsBaseline whether a parameter that the earlier results do not have is taken as the script's own value
 */
public record FromSpec(List<String> sources, Optional<String> metric, boolean missingIsBaseline) {

    /** What {@code from.missing} may be. */
    static final String REFUSE = "refuse";

    static final String BASELINE = "baseline";

    /** Copies the list. */
    public FromSpec {
        sources = List.copyOf(sources);
    }

    /** What each of so many objectives is called there, as far as the user said; empty where they have the task's names. */
    public List<String> metrics(int objectives) {
        return metric.map(names -> objectives == 1 ? List.of(names) : List.of(names.split("\\s*,\\s*", -1)))
                .orElse(List.of());
    }

    @Override
    public String toString() {
        return sources.isEmpty() ? Key.NONE : String.join(", ", sources);
    }
}
