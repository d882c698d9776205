package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks a model to edit a script. The model sees the best script as it is, which ideas were kept and which were not, and what
 * an edit must keep; nothing of what is measured on a hold-out, and of a failure its class alone.
 */
public final class CodePrompt {

    /** How many of the last edits that were not kept are told. */
    private static final int TRIED = 20;

    private static final int REPLY_SHOWN = 1500;

    /** Where a trial runs is nobody's business, and another in each study. */
    private static final Pattern WORKSPACE = Pattern.compile("(?:/[^/\\s\"':]+)+/workspace/");

    private static final String REPAIR = "code-repair";

    private final Task task;
    private final String script;
    private final String measured;
    private final String rules;
    private final String notes;

    /**
     * Prompts for one study.
     *
     * @param script the script's name
     * @param measured how the metric is measured, a sentence or a few
     * @param rules what an edit must keep, a sentence each
     */
    public CodePrompt(Task task, String script, String measured, List<String> rules) {
        this(task, script, measured, rules.stream().map(rule -> "- " + rule).collect(Collectors.joining("\n")), "");
    }

    private CodePrompt(Task task, String script, String measured, String rules, String notes) {
        this.task = task;
        this.script = script;
        this.measured = measured;
        this.rules = rules;
        this.notes = notes;
    }

    /** The same with what the user has said since the study began, the newest last. */
    public CodePrompt withNotes(List<String> said) {
        return new CodePrompt(task, script, measured, rules, NotesText.of(said));
    }

    /** The name of the template by which a form is asked for. */
    public static String template(EditForm form) {
        return switch (form) {
            case BLOCKS -> "code-blocks";
            case DEFINITIONS -> "code-definitions";
            case WHOLE_FILE -> "code-whole-file";
        };
    }

    /**
     * The prompt of a turn.
     *
     * @param text the script that is edited, its numbers included
     */
    public Prompt render(String text, History history, EditForm form) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("description", TaskText.description(task, task.description().length()));
        values.put("notes", notes);
        values.put("metric", Written.line(task.objective().metric()));
        values.put("goal", task.objective().goal().label());
        values.put("measured", measured);
        values.put("facts", new FactsText(task).of(history, PromptStyle.FULL));
        values.put("standing", standing(history));
        values.put("kept", kept(history));
        values.put("tried", tried(history));
        values.putAll(shown(text, form));
        return new Prompt(
                template(form), PromptTemplate.named("code").fill(values).text());
    }

    /**
     * Asks for a repair of an edit that ended with an error at once.
     *
     * @param edited the script that was run
     * @param output the end of what it printed
     */
    public Prompt repair(Variant edited, Duration took, String output, EditForm form) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("seconds", Numbers.text(Math.ceil(took.toMillis() / 1000.0)));
        values.put("idea", Written.line(edited.idea()));
        values.put(
                "output",
                Written.fenced(Redaction.of(end(WORKSPACE.matcher(output).replaceAll("")))));
        values.putAll(shown(edited.text(), form));
        return new Prompt(REPAIR, PromptTemplate.named(REPAIR).fill(values).text());
    }

    /** The prompt once more, with the beginning of the reply that could not be used. */
    public static Prompt again(Prompt previous, String reply, String reason) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("previous", previous.text());
        values.put("reply", Written.fenced(Written.beginning(reply, REPLY_SHOWN)));
        values.put("reason", Written.line(reason));
        return new Prompt(
                previous.template(),
                PromptTemplate.named("code-again").fill(values).text());
    }

    private Map<String, String> shown(String text, EditForm form) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("rules", rules);
        values.put(
                "form",
                PromptTemplate.named(template(form)).fill(Map.of()).text().strip());
        values.put("name", Written.line(script));
        values.put("script", Written.fenced(Redaction.of(text)));
        return values;
    }

    private static String end(String output) {
        return output.length() <= REPLY_SHOWN ? output : output.substring(output.length() - REPLY_SHOWN);
    }

    private String standing(History history) {
        if (history.incumbent().isEmpty()) {
            return "Nothing has been measured yet.";
        }
        Trial incumbent = history.incumbent().orElseThrow();
        Trial baseline = history.trials().get(0);
        String metric = Written.line(task.objective().metric());
        return "Best " + metric + " so far: " + TrialTables.value(incumbent, history)
                + (incumbent.number() == 0
                        ? ", the script as it was found."
                        : ", trial " + incumbent.number() + ". The script as it was found has "
                                + TrialTables.value(baseline, history) + ".")
                + history.noise()
                        .map(noise ->
                                " Run again, the same script's value varies by sd " + Numbers.text(noise.sd(), 2) + ".")
                        .orElse("");
    }

    private String kept(History history) {
        List<Trial> incumbents = history.incumbents();
        List<String> lines = IntStream.range(1, incumbents.size())
                .filter(i -> isNewScript(incumbents.get(i), incumbents.get(i - 1)))
                .mapToObj(i -> "- trial " + incumbents.get(i).number() + ": " + idea(incumbents.get(i)) + " ("
                        + TrialTables.value(incumbents.get(i - 1), history) + " -> "
                        + TrialTables.value(incumbents.get(i), history) + ")")
                .toList();
        return lines.isEmpty() ? "None yet." : String.join("\n", lines);
    }

    private static boolean isNewScript(Trial trial, Trial before) {
        return trial.change().variant().isPresent()
                && !trial.change().variant().equals(before.change().variant());
    }

    /** The first trial of each edited script that was never kept. */
    private String tried(History history) {
        List<String> keptScripts = history.incumbents().stream()
                .flatMap(trial -> trial.change().variant().stream())
                .map(Variant::id)
                .toList();
        List<String> seen = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Trial trial : history.trials()) {
            if (trial.change() instanceof Change.Edit edit
                    && !trial.origin().isCheck()
                    && !keptScripts.contains(edit.script().id())
                    && !seen.contains(edit.script().id())) {
                seen.add(edit.script().id());
                lines.add("- trial " + trial.number() + ": " + idea(trial) + " (" + fate(trial, history) + ")");
            }
        }
        return lines.isEmpty()
                ? "Nothing yet."
                : String.join("\n", lines.subList(Math.max(0, lines.size() - TRIED), lines.size()));
    }

    private static String idea(Trial trial) {
        return Written.line(trial.change().variant().map(Variant::idea).orElse(""));
    }

    private static String fate(Trial trial, History history) {
        if (trial.outcome() instanceof Outcome.Failed failed) {
            return "failed: " + failed.reason().label();
        }
        return history.value(trial).isEmpty()
                ? Written.ended(trial.outcome())
                : TrialTables.value(trial, history)
                        + (history.measured(trial) > 1 ? ", looked better and did not hold" : ", no better");
    }
}
