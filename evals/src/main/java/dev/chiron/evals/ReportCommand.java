package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.report.Report;
import dev.chiron.evals.report.ReportFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
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
        for (String file : files) {
            int before = runs.size();
            read(file, runs);
            sources.add(file + " (" + (runs.size() - before) + " runs)");
        }
        String version = Optional.ofNullable(ReportCommand.class.getPackage().getImplementationVersion())
                .orElse("built from source");
        Report report = new Report(
                runs,
                new Report.Source(sources, command(), version),
                at == 0 ? OptionalInt.empty() : OptionalInt.of(at),
                only);
        folder.write(report)
                .ifPresent(problem ->
                        console.err().println("no PNG pictures, only SVG: Java cannot draw here: " + problem));
        console.out().println(console.path(out).resolve("report.html"));
        return 0;
    }

    private void read(String file, List<Run> runs) {
        Path path = console.path(file);
        if (Files.isDirectory(path)) {
            throw new BadInput(file + " is a folder: give the file of JSON lines");
        }
        RunLines lines = new RunLines();
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            String line = reader.readLine();
            for (int number = 1; line != null; number++) {
                lines.readLine(file, number, line).ifPresent(runs::add);
                line = reader.readLine();
            }
        } catch (CharacterCodingException e) {
            throw new BadInput(file + " is not text in UTF-8, so it has no runs", e);
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String command() {
        String given = files.stream().map(ReportCommand::quoted).collect(Collectors.joining(" "));
        return "chiron evals report " + given + " --out " + quoted(out) + (at == 0 ? "" : " --at " + at);
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
