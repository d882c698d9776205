package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.study.Objective;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        values.put("aim", task.objective().all().stream().map(TaskText::aim).collect(Collectors.joining(" and ")));
        values.put(
                "parameters",
                task.space().parameters().stream()
                        .flatMap(parameter -> row(parameter).stream())
                        .collect(Collectors.joining("\n")));
        values.put(
                "constraints", constraints() + conditions() + ScheduleText.of(task.space()) + feasible() + several());
        return values;
    }

    /** The metric's name; the first one's of several. */
    static String metric(Task task) {
        return Written.line(task.objective().metric());
    }

    /** So many characters of the user's own words, as data. */
    static String description(Task task, int shown) {
        return task.description().isBlank()
                ? "Nothing more is known of the script."
                : Written.fenced(Written.beginning(task.description(), shown));
    }

    /** A parameter's row; of a schedule there is one, at its first piece. */
    private Optional<String> row(Parameter parameter) {
        String name = parameter.name();
        if (!ProgressSchedule.isPiece(name)) {
            return Optional.of(row(name, Written.range(parameter), Written.json(task.baseline(parameter))));
        }
        ProgressSchedule schedule =
                task.space().schedule(ProgressSchedule.inScript(name)).orElseThrow();
        List<Parameter> pieces = schedule.pieces().stream()
                .map(piece -> task.space().find(piece).orElseThrow())
                .toList();
        return pieces.get(0).equals(parameter)
                ? Optional.of(row(
                        schedule.name(),
                        ScheduleText.range(schedule, pieces),
                        pieces.stream()
                                .map(piece -> Written.json(task.baseline(piece)))
                                .collect(Collectors.joining(",", "[", "]"))))
                : Optional.empty();
    }

    private static String row(String name, String range, String baseline) {
        return "| " + Written.line(name) + " | " + range + " | " + baseline + " |";
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
                .map(parameter -> "\n- " + Written.line(ProgressSchedule.inScript(parameter.name())) + " while "
                        + task.space().conditions(parameter).stream()
                                .map(TaskText::condition)
                                .collect(Collectors.joining(" and ")))
                .distinct() // a schedule's pieces have the same
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        list -> list.isEmpty()
                                ? ""
                                : "\n\nThese count only under a condition; elsewhere they are ignored, and may be left out:"
                                        + list));
    }

    /** What must hold of the metrics; nothing where nothing must. */
    private String feasible() {
        return task.objective().feasible().isEmpty()
                ? ""
                : task.objective().feasible().stream()
                        .map(Constraint::text)
                        .map(Written::line)
                        .collect(Collectors.joining(
                                "\n- ",
                                "\n\nThese must hold of what a run measures; a run that breaks one is infeasible, and never"
                                        + " counts as good, whatever else it reaches:\n- ",
                                ""));
    }

    /** What else is tuned; nothing where there is one objective. */
    private String several() {
        if (!task.objective().isSeveral()) {
            return "";
        }
        List<Objective> all = task.objective().all();
        return all.stream()
                .map(TaskText::aim)
                .collect(Collectors.joining(
                        "\n- ",
                        "\n\nThere are " + all.size() + " objectives, and none counts more than another:\n- ",
                        "\nWanted is a front: configs of which none is worse than another in all of them. Values are given in"
                                + " this order, as a / b. The incumbent is the front's compromise. A config is worth running that"
                                + " is better than the front somewhere, or fills a gap in it. A `value` that you give is "
                                + Written.line(all.get(0).metric()) + "."));
    }

    private static String aim(Objective objective) {
        return objective.goal().label() + " " + Written.line(objective.metric());
    }

    private static String condition(Condition condition) {
        return Written.line(condition.parent()) + " is "
                + condition.values().stream().map(Written::json).collect(Collectors.joining(" or "));
    }
}
