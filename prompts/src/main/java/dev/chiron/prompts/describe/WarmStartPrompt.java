package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.Map;

/**
 * Asks a model for the first configs of a study, all at once, when nothing but the baseline is known: one conservative, two
 * bold, the others creative.
 *
 * <p>For readers that are programs, beside what {@link CentaurPrompt} has for them: the line {@code Configs wanted: } with
 * their number.
 */
public final class WarmStartPrompt {

    /** The name of the template. */
    public static final String TEMPLATE = "warm-start";

    private final Task task;
    private final int wanted;

    /**
     * Prompts for one study.
     *
     * @param wanted how many configs, 1 or more
     */
    public WarmStartPrompt(Task task, int wanted) {
        this.task = task;
        this.wanted = wanted;
    }

    /**
     * The prompt.
     *
     * @param history the baseline's trial, and nothing else
     */
    public Prompt render(History history) {
        Map<String, String> values =
                new TaskText(task).values(task.description().length());
        values.put("metric", TaskText.metric(task));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none") + earlier(history));
        values.put(
                "value",
                history.incumbent()
                        .map(baseline -> TrialTables.value(baseline, history))
                        .orElse("not known"));
        values.put("facts", new FactsText(task).of(history, PromptStyle.FULL));
        values.put("wanted", Integer.toString(wanted));
        return PromptTemplate.named(TEMPLATE).fill(values);
    }

    private String earlier(History history) {
        String earlier = new EarlierText(task).of(history);
        return earlier.isEmpty() ? "" : "\n\n" + earlier;
    }
}
