package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What stays the same during a study, in the words of every prompt about it. */
final class TaskText {

    private final Task task;

    TaskText(Task task) {
        this.task = task;
    }

    /**
     * The values of the holes that every template about a study has.
     *
     * @param shown the most characters of the user's own words
     */
    Map<String, String> values(int shown) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("description", description(task, shown));
        values.put("metric", Written.line(task.objective().metric()));
        values.put("goal", task.objective().goal().label());
        values.put(
                "parameters", task.space().parameters().stream().map(this::row).collect(Collectors.joining("\n")));
        values.put("constraints", constraints() + conditions());
        return values;
    }

    /** So many characters of the user's own words, as data. */
    static String description(Task task, int shown) {
        return task.description().isBlank()
                ? "Nothing more is known of the script."
                : Written.fenced(Written.beginning(task.description(), shown));
    }

    private String row(Parameter parameter) {
        return "| " + Written.line(parameter.name()) + " | " + Written.range(parameter) + " | "
                + Written.json(task.baseline(parameter)) + " |";
    }

    private String constraints() {
        return task.space().constraints().isEmpty()
                ? "There are no constraints between parameters."
                : task.space().constraints().stream()
                        .map(Constraint::text)
                        .map(Written::line)
                        .collect(Collectors.joining("\n- ", "Every config must keep:\n- ", ""));
    }

    /** What counts only sometimes; nothing where everything always does. */
    private String conditions() {
        return task.space().parameters().stream()
                .filter(parameter -> !task.space().conditions(parameter).isEmpty())
                .map(parameter -> "\n- " + Written.line(parameter.name()) + " while "
                        + task.space().conditions(parameter).stream()
                                .map(TaskText::condition)
                                .collect(Collectors.joining(" and ")))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        list -> list.isEmpty()
                                ? ""
                                : "\n\nThese count only under a condition; elsewhere they are ignored, and may be left out:"
                                        + list));
    }

    private static String condition(Condition condition) {
        return Written.line(condition.parent()) + " is "
                + condition.values().stream().map(Written::json).collect(Collectors.joining(" or "));
    }
}
