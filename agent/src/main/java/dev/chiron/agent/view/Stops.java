package dev.chiron.agent.view;

import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.Outcome;
import java.util.List;
import java.util.stream.Stream;

/**
 * The trials that were stopped early.
 *
 * @param count how many
 * @param steps at which steps, ascending; of those of which it is known
 */
record Stops(int count, List<Double> steps) {

    static Stops of(List<Entry> entries) {
        List<Outcome.Pruned> pruned = entries.stream()
                .flatMap(entry -> entry.trial().outcome() instanceof Outcome.Pruned one ? Stream.of(one) : Stream.of())
                .toList();
        return new Stops(
                pruned.size(),
                pruned.stream()
                        .map(Outcome.Pruned::step)
                        .filter(step -> step > 0)
                        .sorted()
                        .toList());
    }

    /** {@code 12, at steps 3 to 27, 9 in the median}. */
    String text() {
        if (steps.isEmpty()) {
            return "" + count;
        }
        String last = Texts.value(steps.get(steps.size() - 1));
        return steps.get(0).equals(steps.get(steps.size() - 1))
                ? count + ", at step " + last
                : count + ", at steps " + Texts.value(steps.get(0)) + " to " + last + ", "
                        + Texts.value(steps.get((steps.size() - 1) / 2)) + " in the median";
    }
}
