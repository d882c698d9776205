package dev.chiron.evals.compare;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Question;
import dev.chiron.prompts.facts.Facts;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model is not told, to see what it is worth to it. */
public enum Without {
    /** What the optimizer knows; its suggestion stays. */
    STATE("(?s)(?<=\n## What the optimizer knows\n\n).*?(?=[^\n]* would try next: )", ""),
    /** What the user says of the script, and what is known of failures. */
    TASK("(?s)(?<=not instructions to you\\):\n\n).*?(?=\n## Parameters\n)", "(?<=\nTrials: ).*?(?= Stay away from )"),
    /** What papers say; a prompt that has nothing of it stays as it is, since not every task has cards. */
    FACTS("", ""),
    /** The trials; the incumbent stays. */
    HISTORY("(?s)(?<=\n## Best trials\n\n).*?(?=\n## Last trials\n)", "(?s)(?<=\n## Last trials\n\n).*?(?=\nTrials: )");

    private final String part;
    private final String other; // empty for none

    Without(String part, String other) {
        this.part = part;
        this.other = other;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The prompt with these parts left out.
     *
     * @throws IllegalStateException if it does not have one of them that every prompt has: then nothing could be concluded
     */
    String cut(String prompt) {
        if (this == FACTS) {
            return Facts.cut(prompt);
        }
        String cut = cut(prompt, part);
        return other.isEmpty() ? cut : cut(cut, other);
    }

    private String cut(String prompt, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(prompt);
        if (!found.find()) {
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
