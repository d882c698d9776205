package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.deepening.DeepeningTable;
import dev.chiron.evals.task.EvalTask;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron evals deepening}: Hyperband whose largest budget is not known beforehand. */
@Command(
        name = "deepening",
        description =
                "Measures what Hyperband takes that is deepened instead of begun anew, on tasks whose curves are known.",
        mixinStandardHelpOptions = true)
final class DeepeningCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "lcbench",
            paramLabel = "TASK",
            description = "tasks or suites with curves of the same metric (default: ${DEFAULT-VALUE})")
    private List<String> tasks = List.of();

    @Option(
            names = "--most",
            defaultValue = "16",
            paramLabel = "EPOCHS",
            description = "the largest budget before it is deepened (default: ${DEFAULT-VALUE})")
    private double most = 16;

    @Option(
            names = "--reduction",
            defaultValue = "2",
            paramLabel = "N",
            description = "one of so many goes on to so many times the budget (default: ${DEFAULT-VALUE})")
    private int reduction = 2;

    @Option(
            names = "--seeds",
            defaultValue = "10",
            paramLabel = "N",
            description = "seeds a task, from 0 (default: ${DEFAULT-VALUE})")
    private int seeds = 10;

    DeepeningCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        chosen.forEach(PruningCommand::requireCurves);
        int least = chosen.stream().mapToInt(EvalTask::epochs).min().orElseThrow();
        if (reduction < 2 || seeds < 1 || !(most >= 1) || most * reduction > least) {
            throw new BadInput(
                    "--reduction is 2 or more, --seeds 1 or more, and --most 1 or more and after the deepening, " + most
                            + " × " + reduction + ", no more than the " + least + " epochs of a whole training");
        }
        new DeepeningTable(chosen, seeds, most, reduction).lines().forEach(console.out()::println);
        return 0;
    }
}
