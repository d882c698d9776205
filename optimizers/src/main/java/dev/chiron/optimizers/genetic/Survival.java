package dev.chiron.optimizers.genetic;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.pareto.Crowding;
import dev.chiron.optimizers.pareto.Dominance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is fitter: first those of lower rank, then those with more room around them (Deb et al. 2002, sections III-A and III-B). What is
 * infeasible ranks behind all that is not, by how much it violates (section VI).
 */
final class Survival {

    private Survival() {}

    /** Observations that are measured or of which it is known how infeasible they are, the fittest first; of equals the older. */
    static List<Observation> sorted(List<Observation> individuals) {
        List<Observation> feasible =
                individuals.stream().filter(one -> one.violation() == 0).toList();
        List<double[]> losses = feasible.stream().map(Observation::losses).toList();
        int[] ranks = Dominance.ranks(losses);
        List<Observation> sorted = new ArrayList<>();
        for (int rank = 0; sorted.size() < feasible.size(); rank++) {
            int wanted = rank;
            List<Integer> front = IntStream.range(0, ranks.length)
                    .filter(i -> ranks[i] == wanted)
                    .boxed()
                    .toList();
            double[] room = Crowding.distances(front.stream().map(losses::get).toList());
            IntStream.range(0, front.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -room[i]))
                    .forEach(i -> sorted.add(feasible.get(front.get(i))));
        }
        individuals.stream()
                .filter(one -> one.violation() > 0)
                .sorted(Comparator.comparingDouble(Observation::violation))
                .forEach(sorted::add);
        return sorted;
    }
}
