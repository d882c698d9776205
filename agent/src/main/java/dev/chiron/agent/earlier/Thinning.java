package dev.chiron.agent.earlier;

import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps so many earlier results that a model of them stays quick: the best, and of the failures and of the others as many,
 * evenly through their order. Up to {@link #MOST} all are kept.
 */
record Thinning(Objective objective) {

    static final int MOST = 1000;
    private static final int BEST = 400;
    private static final int FAILURES = 300;

    Earlier of(List<Trial> inside, List<Trial> beyond) {
        if (inside.size() + beyond.size() <= MOST) {
            return new Earlier(inside, beyond);
        }
        Set<Trial> kept = new HashSet<>(); // no two are equal: each has its number
        List<Trial> all = numbered(inside, beyond);
        List<Trial> failures = all.stream().filter(Thinning::isFailure).toList();
        List<Trial> others = all.stream().filter(trial -> !isFailure(trial)).toList();
        List<Trial> best = others.stream()
                .filter(trial -> trial.value().isPresent() && trial.number() < inside.size())
                .sorted(Comparator.comparingDouble(
                        trial -> objective.loss(trial.value().orElseThrow())))
                .limit(BEST)
                .toList();
        kept.addAll(best);
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
