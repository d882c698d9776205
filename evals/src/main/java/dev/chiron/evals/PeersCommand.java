package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.OptunaPeer;
import dev.chiron.evals.compare.PeerTable;
import dev.chiron.evals.compare.Plan;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.task.EvalTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron evals peers}: our methods and Optuna's samplers on the same tasks, and the table of both. */
@Command(
        name = "peers",
        description = "Runs our methods and Optuna's samplers on the same tasks and prints the table.",
        mixinStandardHelpOptions = true)
final class PeersCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--tasks",
            split = ",",
            defaultValue = "synthetic",
            paramLabel = "TASK",
            description = "tasks or suites (default: ${DEFAULT-VALUE})")
    private List<String> tasks = List.of();

    @Option(
            names = "--methods",
            split = ",",
            defaultValue = "tpe,cma-es",
            paramLabel = "METHOD",
            description = "our methods (default: ${DEFAULT-VALUE})")
    private List<String> methods = List.of();

    @Option(
            names = "--samplers",
            split = ",",
            defaultValue = "tpe,tpe-mv,cma-es",
            paramLabel = "SAMPLER",
            description = "Optuna's: random, tpe, tpe-mv, cma-es, cma-es-baseline, gp (from 3.6, with PyTorch), "
                    + "or what else its program knows (default: ${DEFAULT-VALUE})")
    private List<String> samplers = List.of();

    @Option(
            names = "--peer",
            paramLabel = "FILE",
            description = "Optuna's program (default: shared/peers/optuna_peer.py beside the repository)")
    private String peer = "";

    PeersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        List<Contender> known = RunOptions.alone(methods);
        List<Integer> counts = table.counts(options.trials());
        OptunaPeer optuna = optuna();
        RunSink sink = new RunSink(console, options.out(console), System::nanoTime);
        Plan ours = Plan.of(chosen, known, options.seeds(), options.trials()).without(sink.runs());
        sink.expect(ours.size());
        ours.run(new Trials(System::nanoTime), options.jobs(), sink);
        for (EvalTask task : chosen) {
            for (String sampler : samplers) {
                if (sampler.endsWith("-baseline") && task.baseline().isEmpty()) {
                    console.err().println(task.name() + " " + sampler + ": left out, the task has no baseline");
                } else if (!isDone(task, sampler, sink.runs())) {
                    optuna.run(task, sampler, options.seeds(), options.trials(), sink);
                }
            }
        }
        new PeerTable(sink.runs(), counts).lines().forEach(console.out()::println);
        return 0;
    }

    private boolean isDone(EvalTask task, String sampler, List<Run> runs) {
        return options.seeds().stream()
                .allMatch(seed -> runs.stream()
                        .anyMatch(run -> run.task().equals(task.name())
                                && run.method().equals("optuna:" + sampler)
                                && run.seed() == seed
                                && run.values().size() >= options.trials()));
    }

    private OptunaPeer optuna() {
        Path program =
                peer.isEmpty() ? DataOptions.shared(console).resolve("peers/optuna_peer.py") : console.path(peer);
        if (!samplers.isEmpty() && !Files.isRegularFile(program)) {
            throw new BadInput("there is no " + program + "; say with --peer FILE where Optuna's program is");
        }
        String launcher = DataOptions.home(console).resolve("chiron").toString();
        List<String> objective = new ArrayList<>(List.of(launcher, "evals", "objective"));
        return new OptunaPeer(data.python(), program.toString(), objective, data.words(console), console.environment());
    }
}
