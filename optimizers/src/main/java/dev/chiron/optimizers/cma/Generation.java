package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A generation ranked, best first: the measured points by loss, equals in the order they were told, then those that
 * failed. A failure has no number, so the failed points share one rank.
 */
final class Generation {

    final List<Told> ranked;
    final int measured;

    private Generation(List<Told> ranked, int measured) {
        this.ranked = ranked;
        this.measured = measured;
    }

    static Generation of(List<Told> told) {
        List<Told> ranked = new ArrayList<>(told);
        ranked.sort(Comparator.<Told>comparingInt(point -> point.feasible() ? 0 : 1)
                .thenComparingDouble(point -> point.feasible() ? point.loss() : 0));
        return new Generation(ranked, (int) told.stream().filter(Told::feasible).count());
    }

    int size() {
        return ranked.size();
    }

    /** Whether every point was drawn from the distribution that learns from it. */
    boolean isOwn() {
        return ranked.stream().allMatch(Told::own);
    }

    /** The weights by rank, where the points that failed share the mean of what is left for them. */
    double[] share(double[] byRank) {
        double[] weights = byRank.clone();
        double left = 0;
        for (int i = measured; i < weights.length; i++) {
            left += weights[i];
        }
        for (int i = measured; i < weights.length; i++) {
            weights[i] = left / (weights.length - measured);
        }
        return weights;
    }
}
