package dev.chiron.agent.view;

import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.study.PlainText;
import java.util.List;

/**
 * How often a model was asked whether a run is worth going on with.
 *
 * @param asked how often, when its budget was not spent
 * @param stopped how often it said stop
 * @param unanswered how often there was no answer of use, and the run went on
 * @param overBudget how often it was not asked since its budget was spent
 */
public record Advised(int asked, int stopped, int unanswered, int overBudget) {

    /** Counts. */
    public static Advised of(List<Entry> entries) {
        List<Advice> all =
                entries.stream().flatMap(entry -> entry.advice().stream()).toList();
        int over = (int) all.stream().filter(Advice::overBudget).count();
        int failed = (int) all.stream().filter(advice -> !advice.isAnswered()).count();
        return new Advised(
                all.size() - over, (int) all.stream().filter(Advice::stop).count(), failed - over, over);
    }

    /** Whether there was anything to ask. */
    public boolean isAny() {
        return asked + overBudget > 0;
    }

    /** {@code 12 times, 3 stopped, 1 without an answer of use, so the run went on}. */
    String text() {
        return asked + (asked == 1 ? " time, " : " times, ") + stopped + " stopped"
                + (unanswered > 0 ? ", " + unanswered + " without an answer of use, so the run went on" : "")
                + (overBudget > 0 ? "; " + overBudget + " more were left out, for the model's budget is spent" : "");
    }

    /** What was said once, in a line. */
    public static String line(Advice advice) {
        String at = "at step " + Numbers.text(advice.step()) + " " + PlainText.line(advice.author());
        if (!advice.isAnswered()) {
            return at
                    + (advice.overBudget()
                            ? " was not asked, so it went on: "
                            : " gave no answer of use, so it went on: ")
                    + PlainText.line(advice.failure());
        }
        return at + " said " + (advice.stop() ? "stop" : "go on")
                + (advice.expected().isPresent()
                        ? ", expecting " + Texts.value(advice.expected().getAsDouble())
                        : "")
                + ": " + PlainText.line(advice.reason());
    }
}
