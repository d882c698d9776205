package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chiron evals}: benchmarks. */
@Command(name = "evals", description = "Benchmarks of Chiron itself.", mixinStandardHelpOptions = true)
final class EvalsCommand implements Callable<Integer> {

    private final Console console;

    EvalsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println("chiron evals list         the tasks that methods are measured on");
        console.out().println("chiron evals run          our methods on tasks, a JSON line a run");
        console.out().println("chiron evals peers        our methods and Optuna's side by side, as a table");
        console.out().println("chiron evals table        the table of runs that were written to a file");
        console.out().println("chiron evals fit LOG      a task of your own past runs, and how far it can be believed");
        console.out().println("chiron evals card TASK    how far a task that was fitted to past runs can be believed");
        console.out().println("chiron evals report       a report of such runs: tables, curves, tests, pictures");
        console.out().println("chiron evals bayesmark    runs on LLAMBO's tasks beside LLAMBO's own");
        console.out().println("chiron evals objective    a task as JSON lines, for other programs");
        console.out().println("chiron evals speed        how fast and how small Chiron is on this machine");
        return 0;
    }

    /** Prints medians: this is a measurement, not a test. */
    @Command(
            name = "speed",
            description = "Measures Chiron's own cost: optimizer, loop, start, replay, memory.",
            mixinStandardHelpOptions = true)
    int speed(
            @Option(
                            names = "--trials",
                            defaultValue = "10000",
                            paramLabel = "N",
                            description = "length of the long study (default: ${DEFAULT-VALUE})")
                    int trials)
            throws Exception {
        Speed speed = new Speed(Path.of(System.getProperty("java.io.tmpdir")), console.environment());
        List<Speed.Figure> figures = speed.measure(trials);
        console.out().printf("%-58s %12s %10s%n", "what", "measured", "goal");
        for (Speed.Figure figure : figures) {
            console.out().printf("%-58s %12s %10s%n", figure.what(), figure.measured(), figure.goal());
        }
        return 0;
    }
}
