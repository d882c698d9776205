package dev.chiron.evals.front;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.synthetic.Several;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** A test function of several values as a task: no noise, no failures, no baseline. */
record FrontTask(Several function) implements EvalTask {

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public Objective objective() {
        List<Objective> further = IntStream.range(1, function.reference().size())
                .mapToObj(k -> new Objective(metric(k), Objective.Goal.MINIMIZE))
                .toList();
        return new Objective(metric(0), Objective.Goal.MINIMIZE, further, List.of());
    }

    private static String metric(int k) {
        return "f" + (k + 1);
    }

    @Override
    public SearchSpace space() {
        return function.space();
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.empty();
    }

    @Override
    public List<Double> reference() {
        return function.reference();
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        double[] values = function.values(config);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int k = 1; k < values.length; k++) {
            metrics.put(metric(k), values[k]);
        }
        return new Evaluation(new Outcome.Measured(values[0], metrics, List.of()), 0);
    }
}
