package dev.chiron.evals.compare;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.propose.Method;
import dev.chiron.prompts.facts.Facts;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model is not told, to see what it is worth to it. */
public enum Without {
    /** What the optimizer knows; its suggestion stays. LLAMBO is told of no optimizer. */
    STATE(
            "(?s)(?<=\n## What the optimizer knows\n\n).*?(?=[^\n]* would try next: )",
            Without.NONE,
            Without.NONE,
            Without.NONE),
    /** What the user says of the script, and what is known of failures. */
    TASK(Without.SAID, "(?<=\nTrials: ).*?(?= Stay away from )", Without.SAID, Without.COUNTS),
    /** What papers say; a prompt that has nothing of it stays as it is, since not every task has cards. */
    FACTS(Without.NONE, Without.NONE, Without.NONE, Without.NONE),
    /** The trials; the incumbent stays, and LLAMBO's target. */
    HISTORY(
            Without.BEST,
            "(?s)(?<=\n## (?:" + Without.TRIALS + ")\n\n).*?(?=\nTrials: )",
            Without.EXAMPLE_LINES,
            Without.NONE),
    /** The trials that show with all their values what a config is worth. */
    EXAMPLES(Without.BEST, Without.NONE, Without.EXAMPLE_LINES, Without.NONE);

    /** The methods with prompts. */
    public static final List<Method> METHODS =
            List.of(Method.CENTAUR, Method.LLAMBO, Method.LLM, Method.LLM_TPE, Method.OPTOPRIME, Method.AGENT_HPO);

    private static final String NONE = "";
    private static final String TRIALS =
            "Last trials|Trials by score|Earlier runs|Experiment log"; // as prompts name them
    private static final String SAID =
            "(?s)(?<=not instructions to you\\):\n\n).*?(?=\n## (?:Parameters|Documentation)\n)";
    private static final String BEST = "(?s)(?<=\n## Best trials\n\n).*?(?=\n## (?:" + Without.TRIALS + ")\n)";
    private static final String EXAMPLE_LINES = "(?s)(?<=the lines are in no order\\.\n\n).*?(?=\n\n## )";

    private static final String COUNTS = "(?<=\nTrials: )[^\n]*";

    private static final String OF_ANALYSIS = "\n## The experiment\n";
    private static final String OF_LLAMBO = "\n## Trials\n";
    private static final String OF_FIRST_CONFIGS = "\nConfigs wanted: ";

    private final String part;
    private final String other;
    private final String llambos;
    private final String otherOfLlambos;

    /** Patterns: two at most of Centaur's prompts, and of LLAMBO's. */
    Without(String part, String other, String llambos, String otherOfLlambos) {
        this.part = part;
        this.other = other;
        this.llambos = llambos;
        this.otherOfLlambos = otherOfLlambos;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the prompts of a method have it. */
    public boolean isOf(Method method) {
        return switch (method) {
            case CENTAUR -> true;
            case LLAMBO -> this == FACTS || !llambos.isEmpty();
            case LLM, LLM_TPE, OPTOPRIME, AGENT_HPO -> this != STATE;
            default -> false;
        };
    }

    /**
     * The prompt with these parts left out. Before the first trials there is little to leave out: of a prompt for them what the user says
     * alone; and where a trial is to be analysed, what was measured stays.
     *
     * @throws IllegalStateException if it does not have one of them that every prompt has: then nothing could be concluded
     */
    String cut(String prompt) {
        if (this == FACTS) {
            return Facts.cut(prompt);
        }
        boolean ofLlambo = prompt.contains(OF_LLAMBO);
        if (!ofLlambo && prompt.contains(OF_FIRST_CONFIGS)) {
            return this == TASK ? cut(prompt, SAID) : prompt;
        }
        if (prompt.contains(OF_ANALYSIS)) {
            return this == TASK ? cut(cut(prompt, SAID), COUNTS) : prompt;
        }
        String first = cut(prompt, ofLlambo ? llambos : part);
        String second = ofLlambo ? otherOfLlambos : other;
        return second.isEmpty() ? first : cut(first, second);
    }

    private String cut(String prompt, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(prompt);
        if (pattern.isEmpty() || !found.find()) {
            throw new IllegalStateException("the prompt has no " + label() + " that could be left out");
        }
        return found.replaceFirst("(left out)\n");
    }

    /** The model, told that much less. */
    public static Model model(Model model, Set<Without> parts) {
        return parts.isEmpty() ? model : new Told(model, parts);
    }

    private record Told(Model model, Set<Without> parts) implements Model {
        Told {
            parts = Collections.unmodifiableSet(new LinkedHashSet<>(parts));
        }

        @Override
        public String name() {
            return model.name();
        }

        @Override
        public String author(Question question) {
            return model.author(question);
        }

        @Override
        public OptionalInt longestReply() {
            return model.longestReply();
        }

        @Override
        public Answer answer(Question question) throws InterruptedException {
            String prompt = question.prompt();
            for (Without part : parts) {
                prompt = part.cut(prompt);
            }
            return model.answer(new Question(prompt, question.schema(), question.key()));
        }
    }
}
