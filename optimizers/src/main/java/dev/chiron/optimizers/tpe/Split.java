package dev.chiron.optimizers.tpe;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.pareto.Box;
import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.pareto.Subset;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Which observations are the good ones: the best measured, then those pruned that came furthest. A failure is never one,
 * which is where this leaves Optuna: it would fill up with failures when too few are measured.
 *
 * <p>Of several objectives the good ones are those of the first fronts, and of the front of which not all have room those that together dominate the
 * most volume (Ozaki, Tanigaki, Watanabe and Onishi 2020; Ozaki et al. 2022, section 4). What was stopped early has not all of its losses, and is none.
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
        List<Integer> several = IntStream.range(0, observations.size())
                .filter(i -> !observations.get(i).further().isEmpty())
                .boxed()
                .toList();
        return several.isEmpty() ? best(observations, most) : fronts(observations, several, most);
    }

    private static List<Integer> fronts(List<Observation> observations, List<Integer> measured, int most) {
        List<double[]> losses =
                measured.stream().map(i -> observations.get(i).losses()).toList();
        int[] ranks = Dominance.ranks(losses);
        List<Integer> good = new ArrayList<>();
        for (int rank = 0; good.size() < Math.min(most, losses.size()); rank++) {
            int wanted = rank;
            List<Integer> front = IntStream.range(0, ranks.length)
                    .filter(i -> ranks[i] == wanted)
                    .boxed()
                    .toList();
            int room = most - good.size();
            if (front.size() <= room) {
                good.addAll(front);
            } else {
                Box box = Box.of(front.stream().map(losses::get).toList());
                List<double[]> shares =
                        front.stream().map(i -> box.share(losses.get(i))).toList();
                Subset.greedy(shares, Box.referenceOfShares(shares.get(0).length), room)
                        .forEach(i -> good.add(front.get(i)));
            }
        }
        return good.stream().map(measured::get).sorted().toList();
    }

    private static List<Integer> best(List<Observation> observations, int most) {
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
