package dev.chiron.evals.yahpo;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The data sets of one scenario: {@code lcbench-167168} is the scenario {@code lcbench} on instance 167168, and
 * {@code rbv2_xgboost-12-when} has the conditions of its parameters in the space, where it is all of them otherwise.
 */
public final class YahpoSuite implements Suite {

    private static final String CONDITIONAL = "-when";

    private final Scenario scenario;
    private final Path folder;
    private Optional<Surrogate> read = Optional.empty();

    private YahpoSuite(Scenario scenario, Path data) {
        this.scenario = scenario;
        this.folder = data.resolve(scenario.name());
    }

    /**
     * The three scenarios whose surrogates can be had.
     *
     * @param data the folder with a folder for each scenario, which need not be there until a task is used
     */
    public static List<Suite> in(Path data) {
        return List.of(
                new YahpoSuite(Scenario.lcbench(), data),
                new YahpoSuite(Scenario.rpart(), data),
                new YahpoSuite(Scenario.xgboost(), data));
    }

    @Override
    public String name() {
        return scenario.name();
    }

    @Override
    public String line() {
        return scenario.line();
    }

    @Override
    public List<String> tasks() {
        return scenario.instances().stream().map(this::task).toList();
    }

    @Override
    public Optional<String> missing() {
        return Files.isRegularFile(folder.resolve("model.onnx"))
                ? Optional.empty()
                : Optional.of("there is no " + folder.resolve("model.onnx")
                        + "; give the folder of YAHPO's data (slds-lmu/yahpo_data, v1.0.2) with --yahpo FOLDER");
    }

    @Override
    public Optional<EvalTask> find(String task) {
        if (!task.startsWith(task(""))) {
            return Optional.empty();
        }
        missing().ifPresent(message -> {
            throw new BadInput(task + ": " + message);
        });
        if (read.isEmpty()) {
            read = Optional.of(Surrogate.read(scenario, folder));
        }
        boolean isConditional = task.endsWith(CONDITIONAL);
        String plain = isConditional ? task.substring(0, task.length() - CONDITIONAL.length()) : task;
        String instance = plain.substring(task("").length());
        if (!read.get().hasInstance(instance)) {
            throw new BadInput(
                    task + ": " + scenario.name() + " has no data set " + instance + "; see: chiron evals list");
        }
        if (isConditional && read.get().space(true).conditions().isEmpty()) {
            throw new BadInput(task + ": " + scenario.name() + " has no conditions; use " + plain);
        }
        return Optional.of(new SurrogateTask(task, read.get(), instance, isConditional));
    }

    private String task(String instance) {
        return scenario.name() + "-" + instance;
    }
}
