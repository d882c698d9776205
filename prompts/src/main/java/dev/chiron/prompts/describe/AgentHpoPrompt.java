package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What the two roles of AgentHPO (Liu, Gao and Li, arXiv 2402.01881) are asked, in our own words: who proposes reads a log of experiments, and
 * who analyses writes an entry of it. The facts of an entry are written here, from the trials.
 *
 * <p>For readers that are programs the proposal's prompt has the same lines as {@link CentaurPrompt}, without a suggestion, and the analysis's
 * lines {@code Changed: } and {@code Result: }.
 */
public final class AgentHpoPrompt {

    private static final String PROPOSAL = "agent-hpo";
    private static final String ANALYSIS = "agent-hpo-analyst";

    private final Task task;
    private final IntFunction<List<CurvePoint>> curves;
    private final String notes;

    /**
     * Prompts for one study.
     *
     * @param curves the values that a trial reported on the way, by its number
     * @param notes what the user has said since it began, the newest last
     */
    public AgentHpoPrompt(Task task, IntFunction<List<CurvePoint>> curves, List<String> notes) {
        this.task = task;
        this.curves = curves;
        this.notes = NotesText.of(notes);
    }

    /** The last trial that says something, if nobody has analysed it. */
    public static Optional<Trial> unread(History history, List<Remark> remarks) {
        List<Trial> known = RunText.known(history);
        return known.stream()
                .skip(Math.max(0, known.size() - 1))
                .filter(last -> remarks.stream()
                        .noneMatch(remark -> remark.kind() == Remark.Kind.ANALYSIS && remark.trial() == last.number()))
                .findFirst();
    }

    /**
     * Asks for the next config, and what it is to find out.
     *
     * @param remarks what was written of the trials
     */
    public Prompt proposal(History history, List<Remark> remarks) {
        String earlier = new EarlierText(task).of(history);
        Map<String, String> values =
                new TaskText(task).values(task.description().length());
        values.put("notes", notes);
        values.put("facts", new FactsText(task).of(history, PromptStyle.FULL));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("standing", StandingText.of(task, history) + (earlier.isEmpty() ? "" : "\n\n" + earlier));
        values.put("failures", failures(history));
        PromptTemplate template = PromptTemplate.named(PROPOSAL);
        values.put("log", "");
        int left = LlmPrompt.ROOM - template.fill(values).text().length();
        values.put("log", new ExperimentLog(task, remarks).of(history, left));
        return template.fill(values);
    }

    /**
     * Asks what a trial teaches.
     *
     * @param trial one of the history, as yet unread
     */
    public Prompt analysis(Trial trial, History history, List<Remark> remarks) {
        RunText runs = new RunText(task, history);
        Map<String, String> values =
                new TaskText(task).values(task.description().length());
        values.remove("constraints");
        values.put("number", Integer.toString(trial.number()));
        values.put("origin", trial.origin().label());
        values.put("config", Written.shortJson(trial.config()));
        values.put(
                "objective", new ExperimentLog(task, remarks).objective(trial).orElse("none is written down"));
        values.put("changes", runs.changes(trial));
        values.put("result", runs.result(trial));
        values.put("others", runs.others(trial, curves.apply(trial.number())));
        values.put("standing", StandingText.of(task, history));
        values.put("failures", failures(history));
        return PromptTemplate.named(ANALYSIS).fill(values);
    }

    private String failures(History history) {
        return new TrialTables(task, Detail.of(task.space().size())).failures(history);
    }
}
