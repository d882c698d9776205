package dev.chiron.optimizers.study;

import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The trials so far, in order. Grows only at the end; not thread-safe. */
public final class History {

    private final Objective objective;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Config, Trial> byConfig = new HashMap<>();
    private Optional<Trial> incumbent = Optional.empty();

    /** An empty history. */
    public History(Objective objective) {
        this.objective = objective;
    }

    /** What is tuned. */
    public Objective objective() {
        return objective;
    }

    /** Appends a trial. */
    public void add(Trial trial) {
        trials.add(trial);
        byConfig.putIfAbsent(trial.config(), trial);
        if (trial.value().isPresent()
                && (incumbent.isEmpty() || objective.isBetter(value(trial), value(incumbent.get())))) {
            incumbent = Optional.of(trial);
        }
    }

    /** All trials, read-only, in order. */
    public List<Trial> trials() {
        return Collections.unmodifiableList(trials);
    }

    /** The best measured trial so far; the earlier of equals. */
    public Optional<Trial> incumbent() {
        return incumbent;
    }

    /** The first trial that ran exactly this config. */
    public Optional<Trial> find(Config config) {
        return Optional.ofNullable(byConfig.get(config));
    }

    /** The best measured trials, best first, at most so many. */
    public List<Trial> best(int count) {
        return trials.stream()
                .filter(trial -> trial.value().isPresent())
                .sorted(Comparator.comparingDouble(trial -> objective.loss(value(trial))))
                .limit(count)
                .toList();
    }

    /** The last trials, oldest first, at most so many. */
    public List<Trial> last(int count) {
        return Collections.unmodifiableList(trials.subList(Math.max(0, trials.size() - count), trials.size()));
    }

    private static double value(Trial trial) {
        return trial.value().orElseThrow();
    }
}
