package dev.chiron.optimizers.study;

import dev.chiron.optimizers.pareto.Compromise;
import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Results from before a study, brought into it as information. They are no trials of the study: they cost nothing of its
 * budget, and none is its incumbent.
 *
 * @param inside those that lie in the search space; they may break its constraints
 * @param beyond those that lie outside, and only in sizes (whole numbers from 1): where failures begin can be learned from them
 */
public record Earlier(List<Trial> inside, List<Trial> beyond) {

    /** Nothing is known from before. */
    public static final Earlier NONE = new Earlier(List.of(), List.of());

    /** Copies the lists. */
    public Earlier {
        inside = List.copyOf(inside);
        beyond = List.copyOf(beyond);
    }

    /** Whether there is nothing. */
    public boolean isEmpty() {
        return inside.isEmpty() && beyond.isEmpty();
    }

    /** All, from which failures can be learned. */
    public List<Trial> all() {
        return Stream.concat(inside.stream(), beyond.stream()).toList();
    }

    /**
     * The best measured of those inside, best first, at most so many. Of several objectives the front comes first, then what only the front
     * beats, and so on, in each the compromises first.
     */
    public List<Trial> best(Objective objective, int count) {
        if (objective.isSeveral()) {
            List<Trial> measured = measured();
            return Compromise.order(losses(measured, objective)).stream()
                    .limit(count)
                    .map(measured::get)
                    .toList();
        }
        return inside.stream()
                .filter(trial -> trial.value().isPresent())
                .sorted(Comparator.comparingDouble(
                        trial -> objective.loss(trial.value().orElseThrow())))
                .limit(count)
                .toList();
    }

    /** Those of the measured inside that none of them beats; of one objective the best. */
    public List<Trial> front(Objective objective) {
        List<Trial> measured = measured();
        return Dominance.front(losses(measured, objective)).stream()
                .map(measured::get)
                .toList();
    }

    private List<Trial> measured() {
        return inside.stream().filter(trial -> trial.value().isPresent()).toList();
    }

    private static List<double[]> losses(List<Trial> measured, Objective objective) {
        return measured.stream()
                .map(trial -> objective.losses((Outcome.Measured) trial.outcome()))
                .toList();
    }

    /** The best measured of those that keep the space's constraints. */
    public Optional<Trial> best(Objective objective, SearchSpace space) {
        return best(objective, inside.size()).stream()
                .filter(trial -> space.broken(trial.config()).isEmpty())
                .findFirst();
    }
}
