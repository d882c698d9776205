package dev.chiron.agent.llm.cost;

import dev.chiron.agent.llm.Question;
import dev.chiron.agent.llm.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the models of a study have cost so far. A question that is asked twice, as one that was asked ahead or whose study
 * was killed, counts once, since it is answered from the record. Safe for use by several threads.
 */
public final class Spending {

    private final Map<String, Usage> before;
    private final Map<Question, Counted> answers = new LinkedHashMap<>();

    private record Counted(String author, Usage usage) {}

    /** @param before what earlier sessions cost, by the journal and by model */
    public Spending(Map<String, Usage> before) {
        this.before = new LinkedHashMap<>(before);
    }

    /** Whether this very question was answered and counted before. */
    synchronized boolean knows(Question question) {
        return answers.containsKey(question);
    }

    /** Counts what a question cost, and who answered it. */
    synchronized void count(Question question, String author, Usage usage) {
        answers.put(question, new Counted(author, usage));
    }

    /** All of one model so far. */
    synchronized Usage sum(String author) {
        return answers.values().stream()
                .filter(counted -> counted.author().equals(author))
                .map(Counted::usage)
                .reduce(before.getOrDefault(author, Usage.NONE), Usage::plus);
    }

    /**
     * What was answered on a turn in this session.
     *
     * @param turn the key of its questions, without the attempt
     * @param author who answered last
     * @param usage of all its answers
     */
    public record Answered(String turn, String author, Usage usage) {}

    /** Everything that was answered in this session and cost a call, by turn. */
    public synchronized List<Answered> answered() {
        Map<String, Answered> turns = new LinkedHashMap<>();
        answers.forEach((question, counted) -> turns.merge(
                question.turn(),
                new Answered(question.turn(), counted.author(), counted.usage()),
                (before, last) ->
                        new Answered(last.turn(), last.author(), before.usage().plus(last.usage()))));
        return turns.values().stream().filter(turn -> turn.usage().calls() > 0).toList();
    }

    /** All so far. */
    public synchronized Usage sum() {
        Usage earlier = before.values().stream().reduce(Usage.NONE, Usage::plus);
        return answers.values().stream().map(Counted::usage).reduce(earlier, Usage::plus);
    }
}
