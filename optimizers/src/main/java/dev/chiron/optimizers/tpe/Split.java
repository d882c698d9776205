package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.Observation;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Which observations are the good ones: the best measured, then those pruned that came furthest. A failure is never one,
 * which is where this leaves Optuna: it would fill up with failures when too few are measured.
 *
 * @param below the good ones' numbers, ascending
 * @param above the others', ascending
 */
record Split(List<Integer> below, List<Integer> above) {

    private static final int MOST_BELOW = 25;

    /** How many of n observations are good: a tenth, 25 at most. */
    static int gamma(int n) {
        return Math.min((int) Math.ceil(0.1 * n), MOST_BELOW);
    }

    static Split of(List<Observation> observations) {
        Comparator<Integer> better = Comparator.<Integer, Observation.Kind>comparing(
                        i -> observations.get(i).kind())
                .thenComparingDouble(i -> -observations.get(i).step())
                .thenComparingDouble(i -> observations.get(i).loss())
                .thenComparing(i -> i);
        int most = gamma(observations.size());
        PriorityQueue<Integer> best =
                new PriorityQueue<>(better.reversed()); // few of many: sorting all takes longer than asking
        for (int i = 0; i < observations.size(); i++) {
            if (observations.get(i).kind() != Observation.Kind.INFEASIBLE) {
                best.add(i);
                if (best.size() > most) {
                    best.remove();
                }
            }
        }
        List<Integer> below = best.stream().sorted().toList();
        boolean[] good = new boolean[observations.size()];
        for (int i : below) {
            good[i] = true;
        }
        List<Integer> above =
                IntStream.range(0, good.length).filter(i -> !good[i]).boxed().toList();
        return new Split(below, above);
    }
}
