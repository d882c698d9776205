package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.fit.CsvOptions;
import dev.chiron.evals.fit.Log;
import dev.chiron.evals.fit.Logs;
import dev.chiron.optimizers.study.Objective;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron evals fit}: a task of a user's own past runs. */
@Command(
        name = "fit",
        description = "Makes a task of past runs, a study's folder or a table, and says how far it can be believed.",
        mixinStandardHelpOptions = true)
final class FitCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(paramLabel = "LOG", description = "a study's folder, or a .csv or .csv.gz file with a header")
    private String log = "";

    @Option(
            names = "--out",
            paramLabel = "FILE.task.json",
            description = "where the task is written; its path is its name")
    private String out = "";

    @Option(names = "--metric", paramLabel = "COLUMN", description = "of a table: the value; a run without one failed")
    private String metric = "";

    @Option(
            names = "--goal",
            defaultValue = "minimize",
            paramLabel = "GOAL",
            description = "of a table: minimize or maximize (default: ${DEFAULT-VALUE})")
    private String goal = "";

    @Option(
            names = "--parameters",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: what was tuned (default: all columns that are nothing else)")
    private List<String> parameters = List.of();

    @Option(
            names = "--ignore",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: columns that were not tuned")
    private List<String> ignored = List.of();

    @Option(names = "--seconds", paramLabel = "COLUMN", description = "of a table: how long a run took")
    private String seconds = "";

    @Option(
            names = "--run",
            split = ",",
            paramLabel = "COLUMN",
            description = "of a table: which runs belong together (default: method, study, run, seed)")
    private List<String> run = List.of();

    FitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path path = console.path(log);
        Log read = Files.isDirectory(path) ? Logs.study(path) : Logs.table(path, options());
        PrintStream to = console.out();
        to.println(read.objective().metric() + ", " + read.objective().goal().label() + ", by");
        read.space()
                .parameters()
                .forEach(parameter -> to.println("  " + parameter.name() + ": " + parameter.describe()));
        read.space().constraints().forEach(constraint -> to.println("  " + constraint.text()));
        to.println();
        Logs.card(read).lines().forEach(to::println);
        if (!out.isEmpty()) {
            Logs.write(read, console.path(out));
            to.println();
            to.println("written; try: chiron evals run --task " + out + " --method gp,tpe,random --seeds 10");
        }
        return 0;
    }

    private CsvOptions options() {
        if (metric.isEmpty()) {
            throw new BadInput(
                    log + " is no study's folder; for a table say which column is the value: --metric COLUMN");
        }
        Objective.Goal direction = Stream.of(Objective.Goal.values())
                .filter(known -> known.label().equals(goal))
                .findFirst()
                .orElseThrow(() -> new BadInput("--goal " + goal + ": minimize or maximize"));
        return new CsvOptions(
                new Objective(metric, direction),
                parameters,
                ignored,
                Optional.of(seconds).filter(text -> !text.isEmpty()),
                run);
    }
}
