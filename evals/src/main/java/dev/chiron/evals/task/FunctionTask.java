package dev.chiron.evals.task;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** A function as a task: its least value is 0; no noise, no failures, no baseline. */
public record FunctionTask(String name, SearchSpace space, ToDoubleFunction<Config> function) implements EvalTask {

    /** A function of the points in a box of so many sides. */
    public static FunctionTask of(String name, List<Parameter.Real> box, ToDoubleFunction<double[]> function) {
        SearchSpace space = new SearchSpace(List.copyOf(box), List.of());
        return new FunctionTask(
                name,
                space,
                config -> function.applyAsDouble(space.values(config).stream()
                        .map(Value::asNumber)
                        .mapToDouble(number -> number.orElseThrow())
                        .toArray()));
    }

    @Override
    public Objective objective() {
        return new Objective("value", Objective.Goal.MINIMIZE);
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.empty();
    }

    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        return Evaluation.of(function.applyAsDouble(config));
    }
}
