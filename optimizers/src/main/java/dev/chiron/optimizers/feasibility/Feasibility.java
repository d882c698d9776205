package dev.chiron.optimizers.feasibility;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The probability that a config fails or breaks what must hold of its metrics, learned from trials: one logistic regression for each
 * {@linkplain Flaw way}, since what runs out of memory and what runs out of time lie in different places. A trial that failed in another way says
 * nothing about this one.
 *
 * <p>Sizes enter as logarithms, so that a limit on a product of them is a plane. Where little is known the probability stays
 * near one half, however far from the border: a wrong model is not believed far away from what it has seen.
 */
public final class Feasibility {

    /** So many of the last flawed trials and of the last others are looked at; the border is known by then. */
    private static final int MOST = 400;

    private final Traits traits;
    private final Map<Flaw, Border> borders;

    private Feasibility(Traits traits, Map<Flaw, Border> borders) {
        this.traits = traits;
        this.borders = borders;
    }

    /** What these trials teach, oldest first. */
    public static Feasibility learn(SearchSpace space, List<Trial> trials) {
        Traits traits = new Traits(space);
        List<Trial> recent = new ArrayList<>(last(trials, true));
        recent.addAll(last(trials, false));
        List<double[]> features =
                recent.stream().map(trial -> traits.of(trial.config())).toList();
        Map<Flaw, Border> borders = new LinkedHashMap<>();
        for (Flaw flaw : flaws(recent)) {
            border(recent, features, flaw).ifPresent(border -> borders.put(flaw, border));
        }
        return new Feasibility(traits, borders);
    }

    /** Failures are kept for as long as others: avoiding them must not make them forgotten. Oldest first. */
    private static List<Trial> last(List<Trial> trials, boolean flawed) {
        Deque<Trial> last = new ArrayDeque<>(MOST);
        for (int i = trials.size() - 1; i >= 0 && last.size() < MOST; i--) {
            Outcome outcome = trials.get(i).outcome();
            if ((outcome instanceof Outcome.Failed || outcome instanceof Outcome.Infeasible) == flawed) {
                last.addFirst(trials.get(i));
            }
        }
        return List.copyOf(last);
    }

    /** Those that any trial has: kinds of failure first, in their order. */
    private static Set<Flaw> flaws(List<Trial> trials) {
        Set<Flaw> seen = trials.stream()
                .flatMap(trial -> Flaw.of(trial.outcome()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Flaw> ordered = Stream.of(Reason.values())
                .map(Flaw::of)
                .filter(seen::contains)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        ordered.addAll(seen);
        return ordered;
    }

    /** Empty of a condition that no trial kept: where it is kept nobody knows then, and all places look alike. */
    private static Optional<Border> border(List<Trial> trials, List<double[]> features, Flaw flaw) {
        List<double[]> telling = new ArrayList<>();
        List<Boolean> flawed = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Outcome outcome = trials.get(i).outcome();
            if (flaw.isToldBy(outcome)) {
                telling.add(features.get(i));
                flawed.add(Flaw.of(outcome).contains(flaw));
            }
        }
        return flaw.reason().isEmpty() && !flawed.contains(false)
                ? Optional.empty()
                : Optional.of(Border.fit(telling, flawed));
    }

    /** The most probable flaw of a config; empty before any trial had one. */
    public Optional<Flaw> likeliest(Config config) {
        double[] features = traits.of(config);
        return borders.entrySet().stream()
                .max(Comparator.comparingDouble(border -> border.getValue().probability(features)))
                .map(Map.Entry::getKey);
    }

    /** The probability that a config has a flaw, whichever; 0 before any trial had one. */
    public double failure(Config config) {
        return probability(config, flaw -> true);
    }

    /** The probability that a config breaks what must hold of its metrics; 0 before any trial did. */
    public double infeasibility(Config config) {
        return probability(config, flaw -> flaw.reason().isEmpty());
    }

    private double probability(Config config, Predicate<Flaw> counts) {
        if (borders.isEmpty()) {
            return 0;
        }
        double[] features = traits.of(config);
        double success = 1;
        for (Map.Entry<Flaw, Border> border : borders.entrySet()) {
            if (counts.test(border.getKey())) {
                success *= 1 - border.getValue().probability(features);
            }
        }
        return 1 - success;
    }
}
