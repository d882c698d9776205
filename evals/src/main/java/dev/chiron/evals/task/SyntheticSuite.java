package dev.chiron.evals.task;

import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The test functions of {@link Synthetic}: no noise, no failures, no baseline, least value 0. */
public final class SyntheticSuite implements Suite {

    private static final int DIMENSIONS = 10;

    private final Map<String, EvalTask> tasks = new LinkedHashMap<>();

    /** The functions in the order of the table. */
    public SyntheticSuite() {
        add("sphere", Synthetic.sphere(DIMENSIONS));
        add("rosenbrock", Synthetic.rosenbrock(DIMENSIONS));
        add("ellipsoid", Synthetic.ellipsoid(DIMENSIONS));
        add("rastrigin", Synthetic.rastrigin(DIMENSIONS));
        add("branin", Synthetic.branin());
        add("hartmann6", Synthetic.hartmann6());
        add("mixed", Synthetic.mixed());
    }

    private void add(String name, Synthetic function) {
        tasks.put(name, new FunctionTask(name, function.space(), function.function()));
    }

    @Override
    public String name() {
        return "synthetic";
    }

    @Override
    public String line() {
        return "test functions of 2 to 10 parameters, least value 0, shifted; no data needed";
    }

    @Override
    public List<String> tasks() {
        return List.copyOf(tasks.keySet());
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Optional<EvalTask> find(String task) {
        return Optional.ofNullable(tasks.get(task));
    }
}
