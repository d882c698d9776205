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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The probability that a config fails, learned from trials: one logistic regression for each kind of failure, since what
 * runs out of memory and what runs out of time lie in different places. A trial that failed in another way says nothing
 * about this one.
 *
 * <p>Sizes enter as logarithms, so that a limit on a product of them is a plane. Where little is known the probability stays
 * near one half, however far from the border: a wrong model is not believed far away from what it has seen.
 */
public final class Feasibility {

    /** So many of the last failures and of the last others are looked at; the border is known by then. */
    private static final int MOST = 400;

    private final Traits traits;
    private final Map<Reason, Border> borders;

    private Feasibility(Traits traits, Map<Reason, Border> borders) {
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
        Map<Reason, Border> borders = new LinkedHashMap<>();
        for (Reason reason : Reason.values()) {
            if (reason != Reason.INFRASTRUCTURE && recent.stream().anyMatch(trial -> failed(trial, reason))) {
                borders.put(reason, border(recent, features, reason));
            }
        }
        return new Feasibility(traits, borders);
    }

    /** Failures are kept for as long as others: avoiding them must not make them forgotten. Oldest first. */
    private static List<Trial> last(List<Trial> trials, boolean failures) {
        Deque<Trial> last = new ArrayDeque<>(MOST);
        for (int i = trials.size() - 1; i >= 0 && last.size() < MOST; i--) {
            if (trials.get(i).outcome() instanceof Outcome.Failed == failures) {
                last.addFirst(trials.get(i));
            }
        }
        return List.copyOf(last);
    }

    private static Border border(List<Trial> trials, List<double[]> features, Reason reason) {
        List<double[]> telling = new ArrayList<>();
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            boolean isFailure = failed(trials.get(i), reason);
            if (isFailure || !(trials.get(i).outcome() instanceof Outcome.Failed)) {
                telling.add(features.get(i));
                failed.add(isFailure);
            }
        }
        return Border.fit(telling, failed);
    }

    private static boolean failed(Trial trial, Reason reason) {
        return trial.outcome() instanceof Outcome.Failed failure && failure.reason() == reason;
    }

    /** The way in which a config fails most probably; empty before anything has failed. */
    public Optional<Reason> likeliest(Config config) {
        double[] features = traits.of(config);
        return borders.entrySet().stream()
                .max(Comparator.comparingDouble(border -> border.getValue().probability(features)))
                .map(Map.Entry::getKey);
    }

    /** The probability that a config fails, in whatever way; 0 before anything has failed. */
    public double failure(Config config) {
        if (borders.isEmpty()) {
            return 0;
        }
        double[] features = traits.of(config);
        double success = 1;
        for (Border border : borders.values()) {
            success *= 1 - border.probability(features);
        }
        return 1 - success;
    }
}
