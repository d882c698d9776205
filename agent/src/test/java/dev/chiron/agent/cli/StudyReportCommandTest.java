package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Recording;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron report} of a study that ran. */
@Timeout(180)
class StudyReportCommandTest {

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void study() throws IOException {
        SmallStudy.write(folder, 14);
        screen = new Screen(folder);
    }

    private void run() {
        assertThat(screen.run("run", "--quiet")).as(screen.err()).isZero();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theUsualReportLiesInTheStudyAndIsWrittenAnew() throws IOException {
        run();
        assertThat(screen.run("report")).as(screen.err()).isZero();
        assertThat(screen.out().strip()).isEqualTo("chiron-study/report.html");
        assertThat(screen.err()).isEqualTo("The report on loss of train.sh is written:\n");
        String first = Files.readString(folder.resolve("chiron-study/report.html"));
        assertThat(first).startsWith("<!DOCTYPE html>").contains("<h1>loss of train.sh</h1>");
        assertThat(screen.run("report", "--study", "chiron-study")).isZero();
        assertThat(screen.err()).contains("is written anew");
        assertThat(folder.resolve("chiron-study/report.html")).hasContent(first);
        assertThat(screen.run("report", "chiron-study", "--format", "md")).isZero();
        assertThat(Files.readString(folder.resolve("chiron-study/report.md"))).startsWith("# loss of train.sh\n");
        assertThat(screen.run("status")).as("it is no part of the study").isZero();
    }

    @Test
    void whatAPersonNamesIsNotWrittenOver() throws IOException {
        run();
        assertThat(screen.run("report", "--out", "mine.html")).isZero();
        assertThat(screen.out().strip()).isEqualTo("mine.html");
        Files.writeString(folder.resolve("mine.html"), "mine");
        assertThat(screen.run("report", "--out", "mine.html")).isEqualTo(2);
        assertThat(screen.err())
                .isEqualTo(
                        "chiron: mine.html is there already, and is not written over: name another file, or give --force\n");
        assertThat(folder.resolve("mine.html")).hasContent("mine");
        assertThat(screen.run("report", "--out", "mine.html", "--force")).isZero();
        assertThat(Files.readString(folder.resolve("mine.html"))).startsWith("<!DOCTYPE html>");
        assertThat(files()).containsExactly("chiron-study", "chiron.yaml", "mine.html", "train.sh");
    }

    @Test
    void whatCannotBeWrittenIsSaid() throws IOException {
        assertThat(screen.run("report")).isEqualTo(2);
        assertThat(screen.err()).contains("no study in chiron-study");
        run();
        refused("mine.doc: a report's name ends in .html, .md, .pdf", "--out", "mine.doc");
        refused("mine: a report's name ends in .html, .md, .pdf", "--out", "mine");
        refused("no format doc: there are html, md, pdf", "--format", "doc");
        refused("no/where.html cannot be written: its folder is not there", "--out", "no/where.html");
        refused("two studies, chiron-study and --study other", "chiron-study", "--study", "other");
        refused("a PDF is not written to standard output", "--out", "-", "--format", "pdf");
        refused(
                "--browser no-such-browser: there is no such program",
                "--format",
                "pdf",
                "--browser",
                "no-such-browser");
        Files.createDirectory(folder.resolve("a.html"));
        refused("a.html is a folder: name a file in it", "--out", "a.html", "--force");
        assertThat(files()).containsExactly("a.html", "chiron-study", "chiron.yaml", "train.sh");
    }

    @Test
    void partsOfATrainingAreNoFailuresAndTheBestIsRunWhole() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), """
                task: Find the bottom of a bowl.
                script: train.sh
                run: sh {script} {X} {EPOCHS}
                metric: { name: loss, goal: minimize }
                space: { X: { type: float, low: 0.0, high: 1.0, default: 0.9 } }
                fidelity: { name: EPOCHS, min: 1, max: 9 }
                method: hyperband
                budget: { trainings: 6 }
                seed: 5
                """);
        Files.writeString(
                folder.resolve("train.sh"),
                "awk -v x=\"$1\" -v n=\"$2\" 'BEGIN { print \"loss: \" (x - 0.3)^2 + 1 / n }'\n");
        run();
        assertThat(screen.run("report", "--out", "-", "--format", "md")).isZero();
        assertThat(screen.out())
                .containsPattern("[0-9]+ of them a part of a training, none failed")
                .containsPattern("[0-9]+ trained in part")
                .containsPattern("\\| of it in parts of a training \\| ")
                .containsPattern("sh train.sh 0[.][0-9]+ 9\n")
                .doesNotContain("without a value", "a method of Chiron's");
    }

    private void refused(String message, String... arguments) {
        List<String> all =
                Stream.concat(Stream.of("report"), Stream.of(arguments)).toList();
        assertThat(screen.run(all.toArray(String[]::new))).as(message).isEqualTo(2);
        assertThat(screen.err()).contains(message);
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void withoutABrowserAPdfIsRefusedWithWhatToDo() throws IOException {
        run();
        screen.with("PATH", folder.toString());
        refused(
                "a PDF is made by Chromium, Chrome or Edge, and none of them is on the PATH; install one",
                "--format",
                "pdf");
        Path browser = folder.resolve("browser.sh");
        Files.writeString(browser, "#!/bin/sh\necho 'cannot open display' >&2\nexit 1\n");
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        refused("browser.sh made no PDF: cannot open display", "--out", "a.pdf", "--browser", "./browser.sh");
        assertThat(files())
                .as("nothing is left")
                .containsExactly("browser.sh", "chiron-study", "chiron.yaml", "train.sh");
    }

    @Test
    void aBrowserGetsNoKey() throws IOException {
        run();
        screen.with("OPENAI_API_KEY", "sk-not-to-be-seen-12345");
        Path browser = folder.resolve("browser.sh");
        Files.writeString(browser, "#!/bin/sh\nenv > '" + folder.resolve("seen") + "'\nexit 1\n");
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        assertThat(screen.run("report", "--out", "a.pdf", "--browser", "./browser.sh"))
                .isEqualTo(2);
        assertThat(Files.readString(folder.resolve("seen"))).contains("PATH=").doesNotContain("OPENAI", "sk-not");
    }

    @Test
    void aKeyInTheEnvironmentIsNotShown() throws IOException {
        Path task = folder.resolve("chiron.yaml");
        Files.writeString(
                task, Files.readString(task).replace("Find the bottom of a bowl.", "Find sk-not-to-be-seen-12345."));
        run();
        screen.with("SOME_API_KEY", "sk-not-to-be-seen-12345");
        for (String format : List.of("html", "md")) {
            assertThat(screen.run("report", "--out", "-", "--format", format)).isZero();
            assertThat(screen.out()).contains("Find ***.").doesNotContain("sk-not-to-be-seen");
        }
    }

    /** The report's own task and command give the same trials again. */
    @Test
    void theStudyComesAgainByWhatTheReportSays() throws IOException {
        run();
        assertThat(screen.run("report", "--out", "-", "--format", "md")).isZero();
        String report = screen.out();
        Path again = Files.createDirectory(folder.resolve("again"));
        Files.copy(folder.resolve("train.sh"), again.resolve("train.sh"));
        Files.writeString(again.resolve("chiron.yaml"), fenced(report, "yaml"));
        assertThat(report).contains("\nchiron run chiron.yaml --study again\n");
        Screen there = new Screen(again);
        assertThat(there.run("run", "chiron.yaml", "--study", "again", "--quiet"))
                .as(there.err())
                .isZero();
        assertThat(trials(again.resolve("again"))).isEqualTo(trials(folder.resolve("chiron-study")));
    }

    private static String fenced(String report, String language) {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(report);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static List<String> trials(Path study) {
        return Recording.read(study).orElseThrow().entries().stream()
                .map(entry -> entry.trial())
                .map(trial -> trial.number() + " " + trial.origin() + " " + trial.config() + " " + value(trial))
                .toList();
    }

    private static String value(Trial trial) {
        return trial.value().isPresent()
                ? Double.toString(trial.value().getAsDouble())
                : trial.outcome().status();
    }
}
