package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much of a task a model is told beside its parameters (LLAMBO, Liu et al., arXiv 2402.03921, section 3). */
public enum Context {
    /** Nothing: the metric is a score of something. */
    NONE,
    /** The metric, and the first paragraph of what the user says. */
    PARTIAL,
    /** All that is known. */
    FULL;

    private static final String SCORE = "score";

    /** The name that users write. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, in order. */
    public static List<String> labels() {
        return Stream.of(values()).map(Context::label).toList();
    }

    /** The one of that name. */
    public static Optional<Context> labelled(String label) {
        return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
    }

    /** The task as it is told; what is searched and where it began stays. */
    public Task told(Task task) {
        return switch (this) {
            case NONE -> new Task("", new Objective(SCORE, task.objective().goal()), task.space(), task.baseline());
            case PARTIAL ->
                new Task(
                        task.description().strip().split("\\R\\s*\\R", 2)[0],
                        task.objective(),
                        task.space(),
                        task.baseline());
            case FULL -> task;
        };
    }
}
