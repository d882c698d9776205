package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.bayesmark.LlamboRuns;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.report.Report;
import dev.chiron.evals.report.ReportFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron evals report}: what runs found, how sure that is, and how they went about it. */
@Command(
        name = "report",
        description = "Writes a report of runs: Markdown, one HTML page, CSV tables, SVG and PNG pictures.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "files of JSON lines, as `run` or `peers` wrote with --out")
    private List<String> files = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "a new folder, or that of an earlier report")
    private String out = "";

    @Option(
            names = "--at",
            paramLabel = "N",
            description = "compares runs after so many trials (default: as many as every method of a task has)")
    private int at;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SECTION",
            description = "these sections alone, such as finals or curves (default: all)")
    private List<String> only = List.of();

    @Option(
            names = "--published",
            description = "adds LLAMBO's published runs of bayesmark's tasks, where runs are of these")
    private boolean published;

    @Mixin
    private DataOptions data = new DataOptions();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (at < 0) {
            throw new BadInput("--at must be 1 or more, not " + at);
        }
        System.setProperty("java.awt.headless", "true"); // before Java2D looks for a screen
        ReportFolder folder = new ReportFolder(console.path(out));
        List<Run> runs = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        for (String name : files) {
            RunFile file = RunFile.read(console.path(name), name);
            file.note().ifPresent(console.err()::println);
            runs.addAll(file.runs());
            sources.add(name + " (" + file.runs().size() + (file.runs().size() == 1 ? " run" : " runs")
                    + (file.note().isPresent() ? ", and one that was cut short and is left out" : "") + ")");
        }
        if (published) {
            List<Run> its = published(runs);
            runs.addAll(its);
            sources.add("LLAMBO's published runs (" + its.size() + " of these tasks)");
        }
        String version = Optional.ofNullable(ReportCommand.class.getPackage().getImplementationVersion())
                .orElse("built from source");
        Report report = new Report(
                runs,
                new Report.Source(sources, command(), version),
                at == 0 ? OptionalInt.empty() : OptionalInt.of(at),
                only);
        report.notes().forEach(console.err()::println);
        folder.write(report)
                .ifPresent(problem ->
                        console.err().println("no PNG pictures, only SVG: Java cannot draw here: " + problem));
        console.out().println(console.path(out).resolve("report.html"));
        return 0;
    }

    private List<Run> published(List<Run> runs) {
        Set<String> tasks = runs.stream().map(Run::task).collect(Collectors.toSet());
        List<Run> its = LlamboRuns.read(data.bayesmark(console).resolve(LlamboRuns.FILE)).stream()
                .filter(run -> tasks.contains(run.task()))
                .toList();
        if (its.isEmpty()) {
            throw new BadInput("--published: none of the runs is of a task of bayesmark (see: chiron evals list)");
        }
        return its;
    }

    private String command() {
        String given = files.stream().map(ReportCommand::quoted).collect(Collectors.joining(" "));
        return "chiron evals report " + given + " --out " + quoted(out) + (at == 0 ? "" : " --at " + at)
                + (published ? " --published" : "");
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
