package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.propose.Method;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.task.EvalTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron evals run}: methods on tasks, a JSON line a run. */
@Command(
        name = "run",
        description = "Runs methods on tasks, in memory; prints a JSON line for each task, method and seed.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--task",
            required = true,
            split = ",",
            paramLabel = "TASK",
            description = "tasks or suites; see: chiron evals list")
    private List<String> tasks = List.of();

    @Option(
            names = "--method",
            required = true,
            split = ",",
            paramLabel = "METHOD",
            description = "see: chiron methods; centaur with a model brings its controls along")
    private List<String> methods = List.of();

    @Mixin
    private TeamOptions teams = new TeamOptions();

    @Option(names = "--out", paramLabel = "FILE", description = "writes the lines there instead of to stdout")
    private String out = "";

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        List<Contender> known = contenders();
        RunSink sink = new RunSink(
                console, Optional.of(out).filter(text -> !text.isEmpty()).map(console::path));
        Trials trials = new Trials(System::nanoTime);
        for (EvalTask task : chosen) {
            for (Contender method : known) {
                for (long seed : options.seeds().stream().toArray()) {
                    Run run = trials.run(task, method, seed, options.trials());
                    sink.accept(run);
                    if (out.isEmpty()) {
                        console.out().println(new RunLines().write(run));
                    }
                }
            }
        }
        return 0;
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        for (String method : methods) {
            contenders.addAll(
                    method.equals(Method.CENTAUR.label())
                            ? teams.contenders(console)
                            : RunOptions.alone(List.of(method)));
        }
        return contenders;
    }
}
