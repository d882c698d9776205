package dev.chiron.evals.bayesmark;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A problem with the search space and the first configs of LLAMBO's runs. No noise: scikit-learn's own seed is fixed.
 *
 * @param first the first configs, by seed
 */
record BayesmarkTask(Problem problem, SearchSpace space, List<List<Config>> first, Workers workers)
        implements EvalTask {

    @Override
    public String name() {
        return problem.task();
    }

    @Override
    public String description() {
        return problem.description();
    }

    @Override
    public Objective objective() {
        return problem.objective();
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.empty();
    }

    @Override
    public List<Config> initial(long seed) {
        if (seed >= first.size()) {
            throw new BadInput(
                    name() + " has first configs for the seeds 0 to " + (first.size() - 1) + ", none for " + seed);
        }
        return first.get((int) seed);
    }

    @Override
    public int seedsWithOwnInitial() {
        return first.size();
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        return workers.evaluate(problem, config);
    }
}
