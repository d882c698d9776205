package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.Observation;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Which observations are the good ones: the best measured, then those pruned that came furthest. A failure is never one,
 * which is where this leaves Optuna: it would fill up with failures when too few are measured.
 */
final class Split {

    private static final int MOST_BELOW = 25;

    private Split() {}

    /** How many of n observations are good: a tenth, 25 at most. */
    static int gamma(int n) {
        return Math.min((int) Math.ceil(0.1 * n), MOST_BELOW);
    }

    /** The good ones' numbers, ascending. */
    static List<Integer> below(List<Observation> observations) {
        int most = gamma(observations.size());
        PriorityQueue<Integer> best = new PriorityQueue<>((i, j) -> worse(observations, i, j)); // the worst in front
        for (int i = 0; i < observations.size(); i++) {
            boolean measured = observations.get(i).kind() != Observation.Kind.INFEASIBLE;
            boolean full = best.size() == most;
            if (measured && (!full || worse(observations, best.element(), i) < 0)) {
                if (full) {
                    best.remove();
                }
                best.add(i);
            }
        }
        return best.stream().sorted().toList();
    }

    /** Below 0 where i is worse than j; of equal ones the later is. */
    private static int worse(List<Observation> observations, int i, int j) {
        Observation one = observations.get(i);
        Observation other = observations.get(j);
        int byKind = other.kind().compareTo(one.kind());
        int byStep = byKind != 0 ? byKind : Double.compare(one.step(), other.step());
        int byLoss = byStep != 0 ? byStep : Double.compare(other.loss(), one.loss());
        return byLoss != 0 ? byLoss : Integer.compare(j, i);
    }
}
