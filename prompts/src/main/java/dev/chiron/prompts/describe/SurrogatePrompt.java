package dev.chiron.prompts.describe;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks a model what will come of configs, from examples of configs and scores: LLAMBO's surrogates (Liu et al., arXiv 2402.03921, section
 * 4), in our own words.
 *
 * <p>For readers that are programs, beside what {@link CentaurPrompt} has for them: the line {@code Candidates to rate: }, lines
 * {@code NUMBER: VALUE,VALUE,...} below it, and under {@code ## Trials} lines {@code VALUE,VALUE,... -> OUTCOME} below one with the
 * parameters' names.
 */
public final class SurrogatePrompt {

    /** The name of the template. */
    public static final String TEMPLATE = "llambo-surrogate";

    private final Task task;
    private final int room;

    /**
     * What is asked of each config.
     *
     * @see #SPREAD
     */
    public enum Form {
        /** The value, its uncertainty, and the chance of failing, all stated. */
        SPREAD("llambo-form-spread"),
        /** The value alone, whose uncertainty is that of several replies. */
        VALUE("llambo-form-value"),
        /** The chance of being among the best, stated. */
        CHANCE("llambo-form-chance"),
        /** Whether it is among the best. */
        LABEL("llambo-form-label");

        private final String template;

        Form(String template) {
            this.template = template;
        }

        /** Whether trials are told by whether they are among the best, and not by their values. */
        public boolean isOfMarks() {
            return this == CHANCE || this == LABEL;
        }
    }

    /**
     * Prompts for one study.
     *
     * @param room the most characters of a prompt, as far as leaving out examples can keep to that
     */
    public SurrogatePrompt(Task task, Context context, int room) {
        this.task = context.told(task);
        this.room = room;
    }

    /**
     * The prompt.
     *
     * @param isTop which trials are among the best, where that is asked for
     * @param share how many that are, such as {@code 25 %}
     * @param order seeds the order of the examples
     */
    public Prompt render(
            Form form,
            History history,
            List<Config> candidates,
            Function<Trial, Boolean> isTop,
            String share,
            long order) {
        Map<String, String> values = new TaskText(task).values(SamplerPrompt.DESCRIBED);
        String metric = Written.line(task.objective().metric());
        Examples examples = new Examples(task);
        values.put("form", form(form, metric, share));
        values.put(
                "outcome",
                form.isOfMarks()
                        ? "whether it is one of the best " + share + " of those that were run (1) or not (0)"
                        : "the " + metric + " it reached, or how it failed");
        values.put("failures", new TrialTables(task, Detail.of(task.space().size())).failures(history));
        values.put("wanted", Integer.toString(candidates.size()));
        values.put("candidates", numbered(candidates, examples));
        values.put("examples", "");
        PromptTemplate template = PromptTemplate.named(TEMPLATE);
        int left = room - template.fill(values).text().length();
        values.put(
                "examples",
                form.isOfMarks()
                        ? examples.marked(history, isTop, order, left)
                        : examples.configFirst(history, order, left));
        return template.fill(values);
    }

    private static String form(Form form, String metric, String share) {
        PromptTemplate template = PromptTemplate.named(form.template);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("metric", metric);
        values.put("share", share);
        values.keySet().retainAll(template.holes());
        return template.fill(values).text();
    }

    private static String numbered(List<Config> candidates, Examples examples) {
        List<String> lines = new ArrayList<>();
        for (Config candidate : candidates) {
            lines.add((lines.size() + 1) + ": " + examples.values(candidate));
        }
        return String.join("\n", lines);
    }
}
