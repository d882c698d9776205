package dev.chiron.optimizers.cma;

import dev.chiron.optimizers.OptimizerState.Individual;
import dev.chiron.optimizers.pareto.Box;
import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.pareto.Hypervolume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who has children, and who leaves: by non-dominated sorting, and of one rank by the volume that each adds to the others (Igel, Hansen and Roth 2007). What breaks conditions on its metrics ranks behind all that does not.
 */
final class Selection {

    /** Where volume ends, in shares of the range of those of one rank: a whole range beyond the worst, so that the ends of a front rarely leave. */
    private static final double BEYOND = 2;

    private Selection() {}

    /** Those that none dominates; where all break conditions, the one that does so least. At least one is given. */
    static List<Individual> first(List<Individual> population) {
        List<Individual> feasible =
                population.stream().filter(one -> one.violation() == 0).toList();
        if (feasible.isEmpty()) {
            return population.stream().min(Comparator.comparingDouble(Individual::violation)).stream()
                    .toList();
        }
        return Dominance.front(losses(feasible)).stream().map(feasible::get).toList();
    }

    /** Whether the one dominates the other, or breaks conditions less. */
    static boolean beats(Individual one, Individual other) {
        boolean feasible = one.violation() == 0 && other.violation() == 0;
        return feasible
                ? Dominance.dominates(Vectors.array(one.losses()), Vectors.array(other.losses()))
                : one.violation() < other.violation();
    }

    /** The place of the least fit of at least one; of equals the first. */
    static int least(List<Individual> population) {
        int worst = 0;
        for (int i = 1; i < population.size(); i++) {
            if (population.get(i).violation() > population.get(worst).violation()) {
                worst = i;
            }
        }
        if (population.get(worst).violation() > 0) {
            return worst;
        }
        List<double[]> losses = losses(population);
        int[] ranks = Dominance.ranks(losses);
        int last = Arrays.stream(ranks).max().orElseThrow();
        List<Integer> places = IntStream.range(0, ranks.length)
                .filter(i -> ranks[i] == last)
                .boxed()
                .toList();
        return places.get(leastOfFront(places.stream().map(losses::get).toList()));
    }

    private static int leastOfFront(List<double[]> front) {
        Box box = Box.of(front);
        List<double[]> shares = front.stream().map(box::share).toList();
        double[] reference = new double[front.get(0).length];
        Arrays.fill(reference, BEYOND);
        return IntStream.range(0, shares.size())
                .boxed()
                .min(Comparator.comparingDouble(i -> {
                    List<double[]> others = new ArrayList<>(shares);
                    others.remove(i.intValue());
                    return Hypervolume.gain(shares.get(i), others, reference);
                }))
                .orElseThrow();
    }

    private static List<double[]> losses(List<Individual> population) {
        return population.stream().map(one -> Vectors.array(one.losses())).toList();
    }
}
