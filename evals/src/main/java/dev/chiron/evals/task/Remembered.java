package dev.chiron.evals.task;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A task without noise of which no config is evaluated twice, since each costs a real training. */
public final class Remembered implements EvalTask {

    private final EvalTask task;
    private final Map<Config, Evaluation> known = new ConcurrentHashMap<>();

    /** @param task gives the same for the same config, whatever the noise */
    public Remembered(EvalTask task) {
        this.task = task;
    }

    @Override
    public String name() {
        return task.name();
    }

    @Override
    public String description() {
        return task.description();
    }

    @Override
    public Objective objective() {
        return task.objective();
    }

    @Override
    public SearchSpace space() {
        return task.space();
    }

    @Override
    public Optional<Config> baseline() {
        return task.baseline();
    }

    @Override
    public List<Config> initial(long seed) {
        return task.initial(seed);
    }

    @Override
    public int seedsWithOwnInitial() {
        return task.seedsWithOwnInitial();
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        Evaluation before = known.get(config);
        if (before != null) {
            return before;
        }
        Evaluation evaluation = task.evaluate(config, noise);
        known.put(config, evaluation);
        return evaluation;
    }
}
