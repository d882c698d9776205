package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Asks a model to change the variables of a program after one run of it: OptoPrime (Cheng, Nie and Swaminathan, arXiv 2406.16218), in our
 * own words and with its sections: instruction, code, inputs, documentation, constraints, variables, others, outputs, feedback, and a memory
 * of earlier runs.
 *
 * <p>For readers that are programs it has the same lines as {@link CentaurPrompt}, without a suggestion.
 */
public final class OptoPrimePrompt {

    /** The name of the template. */
    public static final String TEMPLATE = "optoprime";

    private final Task task;
    private final Program program;
    private final int memory;
    private final IntFunction<List<CurvePoint>> curves;
    private final String notes;

    /**
     * Prompts for one study.
     *
     * @param memory how many runs before the last are shown, at most
     * @param curves the values that a trial reported on the way, by its number
     * @param notes what the user has said since it began, the newest last
     */
    public OptoPrimePrompt(
            Task task, Program program, int memory, IntFunction<List<CurvePoint>> curves, List<String> notes) {
        this.task = task;
        this.program = program;
        this.memory = memory;
        this.curves = curves;
        this.notes = NotesText.of(notes);
    }

    /** The values that are to be changed: those of the last run, whoever proposed it. */
    public Config variables(History history) {
        List<Trial> known = RunText.known(history);
        return known.isEmpty() ? task.baseline() : known.get(known.size() - 1).config();
    }

    /** The prompt. */
    public Prompt render(History history) {
        RunText runs = new RunText(task, history);
        List<Trial> known = RunText.known(history);
        String earlier = new EarlierText(task).of(history);
        Map<String, String> values =
                new TaskText(task).values(task.description().length());
        values.put("notes", notes);
        values.put(
                "code",
                program.text(task.space().parameters().stream()
                        .map(parameter -> ProgressSchedule.inScript(parameter.name()))
                        .distinct()
                        .toList()));
        values.put("facts", new FactsText(task).of(history, PromptStyle.FULL));
        values.put("variables", RunText.variables(variables(history)));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("standing", StandingText.of(task, history) + (earlier.isEmpty() ? "" : "\n\n" + earlier));
        values.put("failures", new TrialTables(task, Detail.of(task.space().size())).failures(history));
        if (known.isEmpty()) {
            values.put("others", "No trial has been run yet: these are the script's own values.");
            values.put("outputs", "none yet");
            values.put("feedback", "none yet");
        } else {
            Trial last = known.get(known.size() - 1);
            values.put("others", runs.others(last, curves.apply(last.number())));
            values.put("outputs", runs.output(last));
            values.put("feedback", runs.feedback(last));
        }
        PromptTemplate template = PromptTemplate.named(TEMPLATE);
        values.put("memory", "");
        int left = LlmPrompt.ROOM - template.fill(values).text().length();
        values.put("memory", memory(runs, known, left));
        return template.fill(values);
    }

    /** The runs before the last with the feedback on each, the newest last, as many as have room. */
    private String memory(RunText runs, List<Trial> known, int room) {
        List<String> told = new ArrayList<>();
        int left = room;
        for (int i = known.size() - 2; i >= 0 && told.size() < memory; i--) {
            Trial trial = known.get(i);
            String text =
                    "trial " + trial.number() + ": " + Written.shortJson(trial.config()) + " -> " + runs.result(trial);
            left -= text.length() + 1;
            if (left < 0) {
                break;
            }
            told.add(text);
        }
        Collections.reverse(told);
        return told.isEmpty() ? "None is shown." : String.join("\n", told);
    }
}
