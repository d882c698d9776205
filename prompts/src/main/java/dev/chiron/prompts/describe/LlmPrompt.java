package dev.chiron.prompts.describe;

import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.Prompt;
import dev.chiron.prompts.PromptTemplate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a model for the next config of a study: no optimizer's state, the trials so far, one config.
 *
 * <p>For readers that are programs it has the same lines as {@link CentaurPrompt}, without a suggestion.
 */
public final class LlmPrompt {

    /** Characters of a prompt, as far as leaving out old trials can keep to that: some 8,000 tokens. */
    static final int ROOM = 24_000;

    private final Task task;
    private final Style style;
    private final TaskText fixed;
    private final FactsText facts;
    private final TrialTables tables;
    private final String notes;

    /** How what has happened is told. */
    public enum Style {
        /** The last twenty trials, one a line: the first Centaur's agent for hyperparameters. */
        AGENT("agent", 20),
        /** A conversation, kept whole: Zhang et al. (arXiv 2312.04528) on toy functions. */
        CHAT("chat", Integer.MAX_VALUE),
        /** Every trial, and what was wrong with the last: Zhang et al. on networks. */
        COMPRESSED("compressed", Integer.MAX_VALUE),
        /** The best twenty trials by what they scored, the best last: OPRO (Yang et al., arXiv 2309.03409). */
        OPRO("opro", 20),
        /** A conversation in which TPE's configs are told, too: SLLMBO (Mahammadli, arXiv 2410.20302). No style of the method llm. */
        TPE("tpe", Integer.MAX_VALUE);

        private final String label;
        private final int trials;

        Style(String label, int trials) {
            this.label = label;
            this.trials = trials;
        }

        /** The name that users write. */
        public String label() {
            return label;
        }

        /** The name of the template. */
        public String template() {
            return "llm-" + label;
        }

        /** The most trials that are shown. */
        int trials() {
            return trials;
        }

        /** The one of that name, of those that users choose from. */
        public static Optional<Style> labelled(String label) {
            return Arrays.stream(values())
                    .filter(one -> one != TPE && one.label.equals(label))
                    .findFirst();
        }
    }

    /**
     * Prompts for one study.
     *
     * @param notes what the user has said since it began, the newest last
     */
    public LlmPrompt(Task task, Style style, List<String> notes) {
        this.task = task;
        this.style = style;
        this.fixed = new TaskText(task);
        this.facts = new FactsText(task);
        this.tables = new TrialTables(task, Detail.of(task.space().size()));
        this.notes = NotesText.of(notes);
    }

    /** The prompt: what is known, and what has happened. */
    public Prompt render(History history) {
        Transcript transcript = new Transcript(task, style);
        String earlier = new EarlierText(task).of(history);
        Map<String, String> values = fixed.values(task.description().length());
        values.put("notes", notes);
        values.put("facts", facts.of(history, PromptStyle.FULL));
        values.put(
                "incumbent",
                history.incumbent().map(Trial::config).map(Written::json).orElse("none"));
        values.put("standing", StandingText.of(task, history) + (earlier.isEmpty() ? "" : "\n\n" + earlier));
        // what has no score is in no list by score
        values.put("failures", style == Style.OPRO ? tables.lastFailures(history) : tables.failures(history));
        if (style == Style.COMPRESSED) {
            values.put("error", transcript.error(history));
        }
        PromptTemplate template = PromptTemplate.named(style.template());
        values.put("trials", "");
        int left = ROOM - template.fill(values).text().length();
        values.put("trials", transcript.of(history, left));
        return template.fill(values);
    }
}
