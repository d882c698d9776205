package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.prune.PruneTable;
import dev.chiron.evals.prune.PrunedRun;
import dev.chiron.evals.prune.PrunedTrials;
import dev.chiron.evals.prune.Rule;
import dev.chiron.evals.task.EvalTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron evals pruning}: what stopping runs early saves and costs. */
@Command(
        name = "pruning",
        description = "Measures what stopping runs early saves and costs, on tasks whose curves are known.",
        mixinStandardHelpOptions = true)
final class PruningCommand implements Callable<Integer> {

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
            names = "--methods",
            split = ",",
            defaultValue = "random,tpe",
            paramLabel = "METHOD",
            description = "who proposes (default: ${DEFAULT-VALUE})")
    private List<String> methods = List.of();

    @Option(
            names = "--rules",
            split = ",",
            defaultValue = "none,median,asha",
            paramLabel = "RULE",
            description =
                    "rules as of prune:, such as asha:reduction=3:grace=2, in which model is builtin; all are held against the first (default: ${DEFAULT-VALUE})")
    private List<String> rules = List.of();

    @Option(
            names = "--trials",
            defaultValue = "50",
            paramLabel = "N",
            description = "trials that are compared (default: ${DEFAULT-VALUE})")
    private int trials = 50;

    @Option(
            names = "--epochs",
            defaultValue = "2600",
            paramLabel = "N",
            description = "epochs that are compared, of all trials of a run together (default: ${DEFAULT-VALUE})")
    private long epochs = 2600;

    @Option(
            names = "--seeds",
            defaultValue = "10",
            paramLabel = "N",
            description = "seeds a method, rule and task, from 0 (default: ${DEFAULT-VALUE})")
    private int seeds = 10;

    PruningCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (trials < 1 || epochs < 1 || seeds < 1) {
            throw new BadInput("--trials, --epochs and --seeds are 1 or more");
        }
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        chosen.forEach(PruningCommand::requireCurves);
        List<Rule> compared = rules.stream().map(Rule::of).toList();
        List<PrunedRun> runs = new ArrayList<>();
        for (Contender contender : RunOptions.alone(methods)) {
            for (Rule rule : compared) {
                for (EvalTask task : chosen) {
                    for (long seed = 0; seed < seeds; seed++) {
                        runs.add(PrunedTrials.run(task, contender.optimizer(), rule, seed, trials, epochs));
                    }
                }
                console.err().println(contender.name() + " " + rule.name());
            }
        }
        new PruneTable(runs, trials, epochs).lines().forEach(console.out()::println);
        return 0;
    }

    static void requireCurves(EvalTask task) {
        if (task.epochs() == 0) {
            throw new BadInput("of " + task.name() + " no curves are known; those of lcbench are");
        }
    }
}
