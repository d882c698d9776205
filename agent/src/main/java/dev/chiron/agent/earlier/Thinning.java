package dev.chiron.agent.earlier;

import dev.chiron.optimizers.pareto.Dominance;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps so many earlier results that a model of them stays quick: the best, and of the failures and of the others as many,
 * evenly through their order. Up to {@link #MOST} all are kept. Of several objectives the best are the first fronts, and of a front that has no
 * room a part, evenly by the first objective.
 */
record Thinning(Objective objective) {

    static final int MOST = 1000;
    private static final int BEST = 400;
    private static final int FAILURES = 300;
    private static final int WIDEST = 2000; // as long as comparing a million rows with a front is quick

    Earlier of(List<Trial> inside, List<Trial> beyond) {
        if (inside.size() + beyond.size() <= MOST) {
            return new Earlier(inside, beyond);
        }
        Set<Trial> kept = new HashSet<>(); // no two are equal: each has its number
        List<Trial> all = numbered(inside, beyond);
        List<Trial> failures = all.stream().filter(Thinning::isFailure).toList();
        List<Trial> others = all.stream().filter(trial -> !isFailure(trial)).toList();
        kept.addAll(best(others.stream()
                .filter(trial -> trial.value().isPresent() && trial.number() < inside.size())
                .toList()));
        kept.addAll(evenly(failures, FAILURES));
        List<Trial> rest =
                others.stream().filter(trial -> !kept.contains(trial)).toList();
        kept.addAll(evenly(rest, MOST - kept.size()));
        return new Earlier(
                all.stream()
                        .filter(trial -> trial.number() < inside.size() && kept.contains(trial))
                        .toList(),
                all.stream()
                        .filter(trial -> trial.number() >= inside.size() && kept.contains(trial))
                        .toList());
    }

    private List<Trial> best(List<Trial> measured) {
        List<Trial> sorted = measured.stream()
                .sorted(Comparator.comparing(this::losses, Arrays::compare))
                .toList();
        if (!objective.isSeveral()) {
            return sorted.subList(0, Math.min(sorted.size(), BEST));
        }
        List<Trial> best = new ArrayList<>();
        List<Trial> left = sorted;
        while (best.size() < BEST && !left.isEmpty()) {
            Set<Trial> front = front(left);
            best.addAll(evenly(List.copyOf(front), BEST - best.size()));
            left = left.stream().filter(trial -> !front.contains(trial)).toList();
        }
        return best;
    }

    /** Those that none dominates; where these are very many, of every second one, and so on. They are sorted, and nothing dominates what comes before it. */
    private Set<Trial> front(List<Trial> sorted) {
        Set<Trial> front = new LinkedHashSet<>();
        List<double[]> losses = new ArrayList<>();
        for (Trial trial : sorted) {
            double[] own = losses(trial);
            if (losses.stream().noneMatch(better -> Dominance.dominates(better, own))) {
                front.add(trial);
                losses.add(own);
            }
            if (front.size() > WIDEST) {
                return front(evenly(sorted, sorted.size() / 2));
            }
        }
        return front;
    }

    private double[] losses(Trial trial) {
        return objective.losses((Outcome.Measured) trial.outcome());
    }

    private static List<Trial> numbered(List<Trial> inside, List<Trial> beyond) {
        List<Trial> numbered = new ArrayList<>();
        Stream.concat(inside.stream(), beyond.stream())
                .forEach(trial -> numbered.add(
                        new Trial(numbered.size(), trial.change(), trial.origin(), trial.outcome(), trial.took())));
        return numbered;
    }

    private static boolean isFailure(Trial trial) {
        return trial.outcome() instanceof Outcome.Failed;
    }

    private static List<Trial> evenly(List<Trial> trials, int count) {
        if (trials.size() <= count) {
            return trials;
        }
        List<Trial> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            chosen.add(trials.get((int) ((long) i * trials.size() / count)));
        }
        return chosen;
    }
}
