package dev.chiron.evals.live;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A script that draws its own random numbers, which nobody can seed: with noise it is run anew each time. Its value without noise can only be
 * estimated: the mean of {@value #RUNS} more runs, or the failure if one of them fails.
 *
 * @param means the estimates so far
 */
record NoisyLiveTask(EvalTask task, Map<Config, Evaluation> means) implements EvalTask {

    private static final int RUNS = 5;

    NoisyLiveTask(EvalTask task) {
        this(task, new ConcurrentHashMap<>());
    }

    @Override
    public String name() {
        return task.name();
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
    public Evaluation evaluate(Config config, OptionalLong noise) {
        return noise.isPresent() ? task.evaluate(config, noise) : means.computeIfAbsent(config, this::mean);
    }

    private Evaluation mean(Config config) {
        double value = 0;
        double seconds = 0;
        for (int run = 0; run < RUNS; run++) {
            Evaluation one = task.evaluate(config, OptionalLong.of(run));
            if (!(one.outcome() instanceof Outcome.Measured measured)) {
                return one;
            }
            value += measured.value() / RUNS;
            seconds += one.seconds() / RUNS;
        }
        return new Evaluation(new Outcome.Measured(value), seconds);
    }
}
