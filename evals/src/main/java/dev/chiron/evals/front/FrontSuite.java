package dev.chiron.evals.front;

import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Suite;
import dev.chiron.optimizers.synthetic.Several;
import java.util.List;
import java.util.Optional;

/** The test functions of {@link Several}. A run's value after each trial is the volume that its front dominates. */
public final class FrontSuite implements Suite {

    @Override
    public String name() {
        return "fronts";
    }

    @Override
    public String line() {
        return "test functions with two or three objectives (ZDT, DTLZ); values are hypervolumes; no data needed";
    }

    @Override
    public List<String> tasks() {
        return Several.all().stream().map(Several::name).toList();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Optional<EvalTask> find(String task) {
        return Several.all().stream()
                .filter(function -> function.name().equals(task))
                .findFirst()
                .map(FrontTask::new);
    }
}
