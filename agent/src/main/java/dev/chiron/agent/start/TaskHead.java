package dev.chiron.agent.start;

import dev.chiron.optimizers.study.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What stands above the space in a drafted chiron.yaml.
 *
 * @param notes comments at the top, a line each
 * @param task paragraphs; none leaves the task for the person to write
 * @param metric its name
 * @param goal {@code minimize}, {@code maximize}, or empty to have it guessed from the metric's name
 * @param time of one run, as chiron.yaml has it
 */
public record TaskHead(List<String> notes, List<String> task, String metric, String goal, String time) {

    private static final List<String> LARGER_IS_BETTER = List.of("acc", "accuracy", "f1", "auc", "reward", "score");
    private static final int WIDTH = 110;

    /** How long a run may take where nobody has said so. */
    public static final String USUAL_TIME = "1h";

    /** Copies the lists. */
    public TaskHead {
        notes = List.copyOf(notes);
        task = List.copyOf(task);
    }

    /** The head of a draft from names and values alone. */
    public static TaskHead usual(String metric, String goal) {
        return new TaskHead(
                List.of("Written by `chiron init`. Look over the metric and the ranges, then: chiron run"),
                List.of(),
                metric,
                goal,
                USUAL_TIME);
    }

    /** Which way is better: as given, else by the metric's name. */
    public String direction() {
        boolean larger = LARGER_IS_BETTER.stream()
                .anyMatch(word -> metric.toLowerCase(Locale.ROOT).endsWith(word));
        return !goal.isEmpty() ? goal : larger ? "maximize" : "minimize";
    }

    /** @param flags what the command has after the script; empty or with a blank before each */
    String text(String script, String flags) {
        String command = (script.endsWith(".java") ? "java {script}" : "python3 {script}") + flags;
        return notes.stream().map(note -> "# " + fit(note) + "\n").collect(Collectors.joining())
                + described() + "script: " + script + "\n"
                + "run: " + command + "\n"
                + "metric: { name: " + metric + ", goal: " + direction() + ", from: stdout }    # the last line `"
                + metric
                + ": VALUE` counts\n"
                + "limits: { time: " + time + " }      # of one run; also memory, processes, output, disk\n";
    }

    private String described() {
        return task.isEmpty()
                ? "task: ''                  # what is trained, on what, for how long: a model reads this\n"
                : task.stream()
                        .map(paragraph -> PlainText.wrapped(fit(paragraph), WIDTH).stream()
                                .map(line -> "  " + line + "\n")
                                .collect(Collectors.joining()))
                        .collect(Collectors.joining("\n", "task: |-                  # a model reads this\n", ""));
    }

    private static String fit(String text) {
        return ParameterLine.UNFIT.matcher(PlainText.line(text)).replaceAll(" ");
    }
}
