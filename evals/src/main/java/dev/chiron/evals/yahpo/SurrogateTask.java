package dev.chiron.evals.yahpo;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A surrogate on one data set. No noise, no baseline.
 *
 * @param isConditional whether the space has its conditions, or all parameters are always active
 */
record SurrogateTask(String name, Surrogate surrogate, String instance, boolean isConditional) implements EvalTask {

    @Override
    public Objective objective() {
        return new Objective(surrogate.scenario().target(), Objective.Goal.MAXIMIZE);
    }

    @Override
    public SearchSpace space() {
        return surrogate.space(isConditional);
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.empty();
    }

    @Override
    public int epochs() {
        return surrogate.scenario().epochs();
    }

    @Override
    public double after(double epoch, Config config) {
        return surrogate
                .metrics(instance, config, Map.of(Scenario.EPOCH, epoch))[
                surrogate.scenario().targetAt()];
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        double[] metrics = surrogate.metrics(instance, config);
        double value = metrics[surrogate.scenario().targetAt()];
        double seconds = Math.max(0, metrics[surrogate.scenario().secondsAt()]);
        return Double.isFinite(value)
                ? new Evaluation(new Outcome.Measured(value), seconds)
                : new Evaluation(new Outcome.Failed(Outcome.Reason.DIVERGED, "the surrogate gives " + value), 0);
    }
}
