package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.evals.bayesmark.LlamboRuns;
import dev.chiron.evals.bayesmark.RegretTable;
import dev.chiron.evals.compare.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron evals bayesmark}: runs on LLAMBO's tasks beside its published ones. */
@Command(
        name = "bayesmark",
        description = "Prints the normalised regret of runs on bayesmark's tasks beside LLAMBO's published runs.",
        mixinStandardHelpOptions = true)
final class BayesmarkCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--at",
            split = ",",
            defaultValue = "1,5,10,15,20,25,30",
            paramLabel = "N",
            description = "after so many trials, ascending (default: ${DEFAULT-VALUE})")
    private List<Integer> at = List.of();

    @Option(names = "--no-llambo", description = "leaves LLAMBO's runs out, which are there for the seeds 0 to 2 alone")
    private boolean alone;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "files of JSON lines, as of evals run --out")
    private List<String> files = List.of();

    BayesmarkCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Run> runs = new ArrayList<>(RunFile.readAll(console, files));
        if (!alone) {
            runs.addAll(LlamboRuns.read(data.bayesmark(console).resolve(LlamboRuns.FILE)));
        }
        new RegretTable(runs, at).lines().forEach(console.out()::println);
        return 0;
    }
}
