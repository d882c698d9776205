package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.OptunaPeer;
import dev.chiron.evals.compare.PeerTable;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.task.EvalTask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            description = "Optuna's: random, tpe, tpe-mv, cma-es, cma-es-baseline (default: ${DEFAULT-VALUE})")
    private List<String> samplers = List.of();

    @Option(
            names = "--peer",
            paramLabel = "FILE",
            description = "Optuna's program (default: shared/peers/optuna_peer.py beside the repository)")
    private String peer = "";

    @Option(
            names = "--python",
            defaultValue = "/usr/bin/python3",
            paramLabel = "PROGRAM",
            description = "an interpreter that has Optuna (default: ${DEFAULT-VALUE})")
    private String python = "";

    @Option(names = "--out", paramLabel = "FILE", description = "also writes each run there, as a JSON line")
    private String out = "";

    PeersCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<EvalTask> chosen = data.tasks(console).findAll(tasks);
        List<Contender> known = RunOptions.alone(methods);
        List<Integer> counts = table.counts(options.trials());
        OptunaPeer optuna = optuna();
        RunSink sink = new RunSink(
                console, Optional.of(out).filter(text -> !text.isEmpty()).map(console::path));
        Trials trials = new Trials(System::nanoTime);
        for (EvalTask task : chosen) {
            for (Contender method : known) {
                for (long seed : options.seeds().stream().toArray()) {
                    sink.accept(trials.run(task, method, seed, options.trials()));
                }
            }
            for (String sampler : samplers) {
                if (sampler.endsWith("-baseline") && task.baseline().isEmpty()) {
                    console.err().println(task.name() + " " + sampler + ": left out, the task has no baseline");
                } else {
                    optuna.run(task, sampler, options.seeds(), options.trials(), sink);
                }
            }
        }
        new PeerTable(sink.runs(), counts).lines().forEach(console.out()::println);
        return 0;
    }

    private OptunaPeer optuna() {
        Path program =
                peer.isEmpty() ? DataOptions.shared(console).resolve("peers/optuna_peer.py") : console.path(peer);
        if (!samplers.isEmpty() && !Files.isRegularFile(program)) {
            throw new BadInput("there is no " + program + "; say with --peer FILE where Optuna's program is");
        }
        String launcher = DataOptions.home(console).resolve("chiron").toString();
        List<String> objective = new ArrayList<>(List.of(launcher, "evals", "objective"));
        return new OptunaPeer(
                List.of(python, program.toString()), objective, data.words(console), console.environment());
    }
}
