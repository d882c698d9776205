package dev.chiron.evals.prune;

import dev.chiron.optimizers.study.Objective;
import java.util.List;

/**
 * A method on a task with a rule.
 *
 * @param trials in order
 */
public record PrunedRun(String task, String method, String rule, long seed, Objective objective, List<Step> trials) {

    public PrunedRun {
        trials = List.copyOf(trials);
    }

    /**
     * A trial.
     *
     * @param epochs trained up to its end, those of all trials before included
     * @param pruned whether it was stopped
     * @param missed whether it was stopped and would have been the best so far
     * @param best the lowest loss of a whole training so far; infinite before the first
     */
    public record Step(long epochs, boolean pruned, boolean missed, double best) {}

    /** Epochs trained in so many trials. */
    long epochs(int count) {
        return trials.get(count - 1).epochs();
    }

    /** How many of so many trials were stopped. */
    long pruned(int count) {
        return trials.subList(0, count).stream().filter(Step::pruned).count();
    }

    /** How many of these would have been the best by then. */
    long missed(int count) {
        return trials.subList(0, count).stream().filter(Step::missed).count();
    }

    /** The lowest loss after so many trials. */
    double best(int count) {
        return trials.get(count - 1).best();
    }

    /** The lowest loss after so many epochs: a trial that was not over by then does not count. */
    double bestWithin(long epochs) {
        return trials.stream()
                .filter(trial -> trial.epochs() <= epochs)
                .mapToDouble(Step::best)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
