package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {

    private static final String RUN =
            "{\"v\":1,\"task\":\"t\",\"goal\":\"minimize\",\"method\":\"m\",\"seed\":0,\"values\":[1.5,null]}\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, folder, Map.of(), InstantSource.system());
        CommandLine line = new CommandLine(new ReportCommand(console));
        line.setExecutionExceptionHandler((problem, command, result) -> {
            stream.println(problem.getMessage());
            return 2;
        });
        return line.execute(arguments);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesTheReportAndSaysWhereItIs() throws IOException {
        Files.writeString(folder.resolve("my runs.jsonl"), RUN + "\n" + RUN.replace("\"m\"", "\"n\""));

        assertThat(run("my runs.jsonl", "--out", "r", "--at", "1")).isZero();
        assertThat(output().strip()).isEqualTo(folder.resolve("r/report.html").toString());
        assertThat(folder.resolve("r/report.md"))
                .content()
                .contains("2 runs of my runs.jsonl (2 runs)")
                .contains("    chiron evals report 'my runs.jsonl' --out r --at 1\n")
                .contains("| t | minimize | 2 | 2 | 1 | 1 | best as measured |");
        assertThat(folder.resolve("r/figures/finals-t.png")).isNotEmptyFile();
    }

    @Test
    void writesTheSectionsAskedFor() throws IOException {
        Files.writeString(folder.resolve("runs.jsonl"), RUN);

        assertThat(run("runs.jsonl", "--out", "r", "--only", "finals,failures")).isZero();
        assertThat(folder.resolve("r/report.md"))
                .content()
                .contains("## Finals", "## Failures")
                .doesNotContain("## Forecasts");
        assertThat(run("runs.jsonl", "--out", "r", "--only", "final")).isEqualTo(2);
        assertThat(output()).startsWith("--only final: none of summary, finals, curves");
    }

    @Test
    void publishedRunsStandBesideThoseOfTheirTasks() throws IOException {
        String header = "dataset,model,seed,trial,config_json,score,generalization_score\n";
        StringBuilder published = new StringBuilder(header);
        StringBuilder runs = new StringBuilder();
        for (String data :
                List.of("breast", "wine")) { // which reach from .914286 to .949451, and from .718473 to .838424
            String values =
                    data.equals("breast") ? "0.914286,0.914286,0.914286,0.914286,0.949451" : "0.7,0.7,0.7,0.7,0.7";
            runs.append(RUN.replace("\"t\"", "\"bayesmark-" + data + "-SVM\"")
                    .replace("minimize", "maximize")
                    .replaceFirst("\\[[^]]*]", "[" + values + "]"));
            for (int trial = 0; trial < 5; trial++) {
                published.append(data + ",SVM,0," + trial + ",\"{\"\"C\"\": 2.5}\",0.838424,0.9\n");
                published.append("iris,SVM,0," + trial + ",\"{\"\"C\"\": 2.5}\",0.9,0.9\n");
            }
        }
        try (OutputStream file =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("llambo-bayesmark.csv.gz")))) {
            file.write(published.toString().getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(folder.resolve("runs.jsonl"), runs.toString());

        assertThat(run("runs.jsonl", "--out", "r", "--published", "--bayesmark", ".", "--only", "published"))
                .as(output())
                .isZero();

        assertThat(folder.resolve("r/report.md"))
                .content()
                .contains("LLAMBO's published runs (2 of these tasks)", "Normalised regret on the 2 tasks of bayesmark")
                .containsPattern("\\| m \\| 0\\.5\\d* \\| 0 \\| -1.0000 to 1.0000 \\|")
                .containsPattern("\\| llambo:published \\| 0\\.5\\d* \\| - \\| - \\|");
        assertThat(run("runs.jsonl", "--out", "r")).isZero();
        assertThat(folder.resolve("r/report.md")).content().doesNotContain("LLAMBO");
        assertThat(run("runs.jsonl", "--out", "r", "--only", "published")).isZero();
        assertThat(folder.resolve("r/report.md")).content().contains("There are no published runs here");

        Files.writeString(folder.resolve("other.jsonl"), RUN);
        assertThat(run("other.jsonl", "--out", "r", "--published", "--bayesmark", "."))
                .isEqualTo(2);
        assertThat(output()).startsWith("--published: none of the runs is of a task of bayesmark");
    }

    @Test
    void namesTheFileAndTheLineThatIsWrong() throws IOException {
        Files.writeString(folder.resolve("runs.jsonl"), RUN + "\n" + RUN.substring(0, 40) + "\n" + RUN);
        assertThat(run("runs.jsonl", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith("runs.jsonl, line 3 is not JSON: {\"v\":1,\"task\"");
        assertThat(folder.resolve("r")).doesNotExist();

        Files.writeString(folder.resolve("runs.jsonl"), RUN.replace("1.5", "\"much\""));
        assertThat(run("runs.jsonl", "--out", "r")).isEqualTo(2);
        assertThat(output().strip())
                .isEqualTo("runs.jsonl, line 1 has under values \"much\": it must be a number or null");
    }

    @Test
    void whatIsThereTwiceIsToldAndTheLastCounts() throws IOException {
        String other = RUN.replace("1.5", "2.5");
        Files.writeString(
                folder.resolve("a.jsonl"), RUN + RUN.replace("seed\":0", "seed\":1") + RUN.replace("\"m\"", "\"n\""));
        Files.writeString(folder.resolve("b.jsonl"), other + RUN.replace("seed\":0", "seed\":1") + RUN + other);

        assertThat(run("a.jsonl", "b.jsonl", "--out", "r", "--at", "1")).isZero();

        String note = "t: m has more than one run of the seeds 0, 1, with other values in 1 of them. "
                + "Of each the last one counts; 4 are left out.";
        assertThat(output()).startsWith(note + "\n");
        assertThat(folder.resolve("r/report.md"))
                .content()
                .contains(note, "3 runs of a.jsonl (3 runs), b.jsonl (4 runs)")
                .contains("t: n has the best mean, 1.5000 after 1 trials")
                .doesNotContain("n has more than one");
    }

    @Test
    void aLastLineThatWasCutShortIsLeftOutAndTold() throws IOException {
        for (int length : List.of(3, 40, RUN.length() - 2)) {
            Files.writeString(folder.resolve("runs.jsonl"), RUN + RUN.substring(0, length));
            assertThat(run("runs.jsonl", "--out", "r")).isZero();
            assertThat(output()).startsWith("runs.jsonl, line 2 was cut short, as whoever wrote it was stopped");
            assertThat(folder.resolve("r/report.md"))
                    .content()
                    .contains("1 run of runs.jsonl (1 run, and one that was cut short and is left out)");
        }
        Files.writeString(folder.resolve("runs.jsonl"), RUN + RUN.strip().replace("seed\":0", "seed\":1"));
        assertThat(run("runs.jsonl", "--out", "r"))
                .as("only the line feed is missing")
                .isZero();
        assertThat(folder.resolve("r/report.md")).content().contains("2 runs of");
        Files.writeString(folder.resolve("runs.jsonl"), RUN + "notes of mine");
        assertThat(run("runs.jsonl", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith("runs.jsonl, line 2 is not JSON: notes of mine");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        Files.writeString(folder.resolve("empty.jsonl"), "\n");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        assertThat(run("empty.jsonl", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith("there are no runs in empty.jsonl (0 runs); make some: chiron evals run");
        assertThat(run("binary", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith("binary is not text in UTF-8");
        assertThat(run("nowhere", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith("nowhere cannot be read");
        assertThat(run(".", "--out", "r")).isEqualTo(2);
        assertThat(output()).startsWith(". is a folder");
        assertThat(run("empty.jsonl", "--out", "r", "--at", "-1")).isEqualTo(2);
        assertThat(output()).startsWith("--at must be 1 or more");
    }
}
