package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.report.ReportFile;
import dev.chiron.agent.report.ReportFormat;
import dev.chiron.agent.report.StudyReport;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.StudyView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron report}: what a study found, as one file. */
@Command(
        name = "report",
        description =
                "What a study found, as one file for people who have never seen Chiron: the result, what mattered, what "
                        + "failed, who found what, the cost, how to reproduce it, the change to apply.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    private static final String USUAL = "chiron-study";
    private static final String USUAL_NAME = "report";
    private static final String STDOUT = "-";

    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "STUDY", description = "the study's folder (default: " + USUAL + ")")
    private Optional<String> folder = Optional.empty();

    @Option(names = "--study", paramLabel = "FOLDER", description = "the same, as other commands name it")
    private Optional<String> study = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "ends in .html, .md or .pdf; - is standard output (default: report.html in the study's folder, "
                            + "written anew each time)")
    private Optional<String> out = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Candidates.ReportFormats.class,
            description = "html, md or pdf (default: what the file's name ends in, else html)")
    private Optional<String> format = Optional.empty();

    @Option(names = "--force", description = "write over a file that is there")
    private boolean force;

    @Option(
            names = "--browser",
            paramLabel = "PROGRAM",
            description = "makes the PDF (default: the Chromium, Chrome or Edge that is on the PATH)")
    private Optional<String> browser = Optional.empty();

    ReportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (folder.isPresent() && study.isPresent() && !folder.equals(study)) {
            throw new BadInput("two studies, " + folder.get() + " and --study " + study.get() + ": a report is of one");
        }
        String named = folder.or(() -> study).orElse(USUAL);
        Optional<ReportFormat> wanted = format.map(ReportFormat::named);
        StudyView view = StudyView.read(console.path(named), named);
        StudyReport report = new StudyReport(
                view, StudyReport.Reader.PERSON, Versions.here(), KeyMask.of(console.environment())::mask);
        if (out.equals(Optional.of(STDOUT))) {
            print(report, wanted.orElse(ReportFormat.HTML));
            return 0;
        }
        ReportFile file = file(view, wanted);
        boolean anew = Files.exists(file.file());
        file.write(report, browser.map(this::program), console.environment());
        console.err().println("The report on " + report.title() + " is written" + (anew ? " anew" : "") + ":");
        console.out().println(file.shown());
        return 0;
    }

    private ReportFile file(StudyView view, Optional<ReportFormat> wanted) {
        Path own = view.folder()
                .resolve(USUAL_NAME + "." + wanted.orElse(ReportFormat.HTML).ending());
        Path file = out.map(console::path).orElse(own);
        ReportFormat as = wanted.orElseGet(() -> ReportFormat.of(String.valueOf(file.getFileName())));
        return new ReportFile(file, console.surroundings().shown(file), as, force || file.equals(own));
    }

    /** A program with its folder is looked for from here. */
    private String program(String name) {
        return name.contains("/") ? console.path(name).toString() : name;
    }

    private void print(StudyReport report, ReportFormat as) {
        switch (as) {
            case HTML -> console.out().print(report.html());
            case MARKDOWN -> console.out().print(report.markdown());
            case PDF -> throw new BadInput("a PDF is not written to standard output: name a file with --out");
        }
        console.out().flush();
    }
}
