package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.prune.ForecastTable;
import dev.chiron.evals.task.EvalTask;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron evals forecasts}: how good forecasts of learning curves are. */
@Command(
        name = "forecasts",
        description =
                "Measures how far forecasts of learning curves are off, and how far they say they are, on tasks whose curves are known.",
        mixinStandardHelpOptions = true)
final class ForecastsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "lcbench",
            paramLabel = "TASK",
            description = "tasks or suites with curves (default: ${DEFAULT-VALUE})")
    private List<String> tasks = List.of();

    @Option(
            names = "--parts",
            split = ",",
            defaultValue = "3,6,13,26",
            paramLabel = "EPOCHS",
            description = "epochs after which is foretold (default: ${DEFAULT-VALUE})")
    private List<Integer> parts = List.of();

    @Option(
            names = "--finished",
            split = ",",
            defaultValue = "5,15",
            paramLabel = "N",
            description = "runs that have finished before (default: ${DEFAULT-VALUE})")
    private List<Integer> finished = List.of();

    @Option(
            names = "--runs",
            defaultValue = "10",
            paramLabel = "N",
            description = "runs that are foretold, a seed (default: ${DEFAULT-VALUE})")
    private int runs = 10;

    @Option(
            names = "--seeds",
            defaultValue = "10",
            paramLabel = "N",
            description = "seeds a task, from 0 (default: ${DEFAULT-VALUE})")
    private int seeds = 10;

    ForecastsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        chosen.forEach(PruningCommand::requireCurves);
        int epochs = chosen.stream().mapToInt(EvalTask::epochs).min().orElseThrow();
        boolean isPart = parts.stream().allMatch(part -> part >= 3 && part < epochs);
        if (runs < 1 || seeds < 1 || finished.stream().anyMatch(count -> count < 4) || !isPart) {
            throw new BadInput(
                    "--runs and --seeds are 1 or more, --finished 4 or more, and --parts 3 or more and less than "
                            + epochs + ", the epochs of a whole training");
        }
        new ForecastTable(chosen, seeds, runs, parts, finished).lines().forEach(console.out()::println);
        return 0;
    }
}
