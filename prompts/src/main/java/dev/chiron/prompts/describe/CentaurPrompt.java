package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a model for the next config of a study, as a colleague of the optimizer whose state it sees. What stays the same
 * during a study comes first, so that providers' prompt caches serve it.
 *
 * <p>These lines are exact, for readers that are programs: a table row {@code | NAME | type and range | baseline |} for
 * each parameter, {@code Incumbent: } with a JSON object or {@code none}, and {@code CMA-ES would try next: } (or
 * {@code Random search would try next: }) with a JSON object, and {@code of N candidates, best first:}.
 */
public final class CentaurPrompt {

    /** How many configs a model may offer: a few more words of reply for a choice by what the trials say. */
    private static final int CANDIDATES = 3;

    /** A small model is told no more of the user's own words. */
    private static final int SHORT = 600;

    private final Task task;
    private final PromptStyle style;
    private final TaskText fixed;
    private final FactsText facts;
    private final StateText states;
    private final TrialTables trials;
    private final String notes;

    /** Full prompts for one study. */
    public CentaurPrompt(Task task) {
        this(task, PromptStyle.FULL);
    }

    /** Prompts for one study. */
    public CentaurPrompt(Task task, PromptStyle style) {
        this(task, style, List.of());
    }

    /**
     * Prompts for one study.
     *
     * @param notes what the user has said since it began, the newest last
     */
    public CentaurPrompt(Task task, PromptStyle style, List<String> notes) {
        Detail detail = Detail.of(task.space().size());
        this.task = task;
        this.style = style;
        this.fixed = new TaskText(task);
        this.facts = new FactsText(task);
        this.states = new StateText(task, detail);
        this.trials = new TrialTables(task, detail);
        this.notes = NotesText.of(notes);
    }

    /** The prompt of a turn: what the optimizer knows, what it would try next, and the trials so far. */
    public Prompt render(OptimizerState state, Config suggestion, History history) {
        return render(state, suggestion, history, Optional.empty());
    }

    /**
     * The same while a trial runs.
     *
     * @param running what it runs, whose outcome is not known yet; empty if none does
     */
    public Prompt render(OptimizerState state, Config suggestion, History history, Optional<Config> running) {
        Map<String, String> values =
                fixed.values(style == PromptStyle.FULL ? task.description().length() : SHORT);
        values.put("metric", TaskText.metric(task));
        values.put("notes", notes);
        values.put("facts", facts.of(history, style));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("optimizer", StateText.name(state));
        values.put("suggestion", Written.json(suggestion));
        String earlier = new EarlierText(task).of(history);
        values.put("failures", trials.failures(history));
        if (style == PromptStyle.SMALL) {
            values.put("failures", trials.lastFailures(history));
            values.put("examples", trials.examples(history) + (earlier.isEmpty() ? "" : "\n\n" + earlier));
        } else {
            values.put("standing", StandingText.of(task, history) + (earlier.isEmpty() ? "" : "\n\n" + earlier + "\n"));
            values.put("candidates", Integer.toString(CANDIDATES));
            values.put("state", states.of(state));
            values.put("best", trials.best(history));
            values.put("recent", trials.recent(history, running));
        }
        return PromptTemplate.named(style.template()).fill(values);
    }
}
