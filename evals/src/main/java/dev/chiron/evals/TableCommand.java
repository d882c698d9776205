package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.ControlTable;
import dev.chiron.evals.compare.PeerTable;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.TimeTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron evals table}: the table of runs that were written down before. */
@Command(
        name = "table",
        description = "Prints the table of runs that `run` or `peers` wrote with --out.",
        mixinStandardHelpOptions = true)
final class TableCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--seconds",
            split = ",",
            paramLabel = "T",
            description = "shows the best after so many seconds of training instead, ascending")
    private List<Double> seconds = List.of();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "files of JSON lines")
    private List<String> files = List.of();

    TableCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Run> runs = RunFile.readAll(console, files);
        if (!seconds.isEmpty()) {
            return byTime(runs);
        }
        int trials = runs.stream().mapToInt(run -> run.values().size()).max().orElse(1);
        List<Integer> counts = table.counts(Math.max(1, trials));
        new PeerTable(runs, counts).lines().forEach(console.out()::println);
        List<String> controls = new ControlTable(runs, counts).lines();
        if (!controls.isEmpty()) {
            console.out().println();
            controls.forEach(console.out()::println);
        }
        return 0;
    }

    private int byTime(List<Run> runs) {
        if (!(seconds.get(0) > 0)
                || !seconds.stream().sorted().distinct().toList().equals(seconds)) {
            throw new BadInput("--seconds must ascend from above 0, not " + seconds);
        }
        List<String> lines = new TimeTable(runs, seconds).lines();
        if (lines.isEmpty()) {
            throw new BadInput(
                    "--seconds: none of these runs says how long its trials took; run others with: chiron evals run");
        }
        lines.forEach(console.out()::println);
        return 0;
    }
}
