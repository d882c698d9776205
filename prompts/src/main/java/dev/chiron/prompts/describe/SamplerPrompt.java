package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Asks a model for configs that reach a target score, from examples of scores and configs: LLAMBO's candidate sampler (Liu et al.,
 * arXiv 2402.03921, section 5), in our own words.
 *
 * <p>For readers that are programs, beside what {@link CentaurPrompt} has for them: the line {@code Configs wanted: }, {@code Target
 * METRIC: }, and under {@code ## Trials} lines {@code OUTCOME -> VALUE,VALUE,...} below one with the parameters' names.
 */
public final class SamplerPrompt {

    /** The name of the template. */
    public static final String TEMPLATE = "llambo-sampler";

    /** Of the user's own words no more is told. */
    static final int DESCRIBED = 1200;

    private static final String PRECISE =
            " Prefer values inside the ranges to their very ends, and exact ones to round ones.";

    private final Task task;
    private final Context context;
    private final List<String> notes;
    private final int room;

    /**
     * Prompts for one study.
     *
     * @param notes what the user has said since it began, the newest last
     * @param room the most characters of a prompt, as far as leaving out examples can keep to that
     */
    public SamplerPrompt(Task task, Context context, List<String> notes, int room) {
        this.task = context.told(task);
        this.context = context;
        this.notes = List.copyOf(notes);
        this.room = room;
    }

    /**
     * The prompt.
     *
     * @param target the score to reach; empty before anything was measured
     * @param wanted how many configs, 1 or more
     * @param order seeds the order of the examples
     */
    public Prompt render(History history, OptionalDouble target, int wanted, long order) {
        Map<String, String> values = new TaskText(task).values(DESCRIBED);
        TrialTables trials = new TrialTables(task, Detail.of(task.space().size()));
        String earlier = new EarlierText(task).of(history);
        values.put("metric", TaskText.metric(task));
        values.put("notes", NotesText.of(notes));
        values.put("facts", new FactsText(task).of(history, PromptStyle.SMALL)); // they take from the examples' room
        values.put("precision", context == Context.NONE ? "" : PRECISE);
        values.put("failures", trials.failures(history));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("wanted", Integer.toString(wanted));
        values.put(
                "target", target.isPresent() ? Written.metric(target.getAsDouble()) : "any, since none is known yet");
        PromptTemplate template = PromptTemplate.named(TEMPLATE);
        values.put("examples", earlier);
        int left = room - template.fill(values).text().length();
        String examples = new Examples(task).outcomeFirst(history, order, left);
        values.put("examples", earlier.isEmpty() ? examples : examples + "\n\n" + earlier);
        return template.fill(values);
    }
}
