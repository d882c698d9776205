package dev.chiron.prompts.describe;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

    private final Task task;
    private final StateText states;
    private final TrialTables trials;

    /** Prompts for one study. */
    public CentaurPrompt(Task task) {
        Detail detail = Detail.of(task.space().size());
        this.task = task;
        this.states = new StateText(task, detail);
        this.trials = new TrialTables(task, detail);
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
        Map<String, String> values = new LinkedHashMap<>();
        values.put("description", description());
        values.put("metric", Written.line(task.objective().metric()));
        values.put("goal", task.objective().goal().label());
        values.put("parameters", parameters());
        values.put("constraints", constraints());
        values.put("standing", standing(history));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("candidates", Integer.toString(CANDIDATES));
        values.put("state", states.of(state));
        values.put("optimizer", StateText.name(state));
        values.put("suggestion", Written.json(suggestion));
        values.put("best", trials.best(history));
        values.put("recent", trials.recent(history, running));
        values.put("failures", trials.failures(history));
        return PromptTemplate.named("centaur").fill(values);
    }

    /** The prompt once more, after a reply that could not be used, with the reason in words. */
    public Prompt again(Prompt previous, String reply, String reason) {
        return Again.ask(previous, reply, reason);
    }

    private String description() {
        return task.description().isBlank()
                ? "Nothing more is known of the script."
                : Written.fenced(task.description());
    }

    private String parameters() {
        return task.space().parameters().stream().map(this::row).collect(Collectors.joining("\n"));
    }

    private String row(Parameter parameter) {
        return "| " + Written.line(parameter.name()) + " | " + Written.range(parameter) + " | "
                + Written.json(task.baseline().get(parameter.name())) + " |";
    }

    private String constraints() {
        return task.space().constraints().isEmpty()
                ? "There are no constraints between parameters."
                : task.space().constraints().stream()
                        .map(Constraint::text)
                        .map(Written::line)
                        .collect(Collectors.joining("\n- ", "Every config must keep:\n- ", ""));
    }

    private String standing(History history) {
        String metric = Written.line(task.objective().metric());
        if (history.incumbent().isEmpty()) {
            return "No trial has been measured yet.";
        }
        Trial incumbent = history.incumbent().get();
        return "Best " + metric + " so far: " + TrialTables.value(incumbent, history) + ", trial " + incumbent.number()
                + ", from "
                + incumbent.origin().label() + "."
                + history.find(task.baseline())
                        .filter(baseline -> history.value(baseline).isPresent())
                        .map(baseline -> " The baseline has " + TrialTables.value(baseline, history) + ".")
                        .orElse("")
                + history.noise()
                        .map(noise -> " Measured again, a config's value varies by sd " + Numbers.text(noise.sd(), 2)
                                + ": a smaller difference means little.")
                        .orElse("");
    }
}
