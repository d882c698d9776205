package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the models of a study have cost so far. A question that is asked twice, as one that was asked ahead or whose study
 * was killed, counts once, since it is answered from the record. Safe for use by several threads.
 */
public final class Spending {

    private final Usage before;
    private final Map<Question, Usage> answers = new LinkedHashMap<>();

    /** @param before what earlier sessions cost, by the journal */
    public Spending(Usage before) {
        this.before = before;
    }

    /** Whether this very question was answered and counted before. */
    synchronized boolean knows(Question question) {
        return answers.containsKey(question);
    }

    /** Counts what a question cost. */
    synchronized void count(Question question, Usage usage) {
        answers.put(question, usage);
    }

    /** All so far. */
    public synchronized Usage sum() {
        return answers.values().stream().reduce(before, Usage::plus);
    }
}
