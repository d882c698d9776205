package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies that begin with earlier results. */
class FromTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            method: tpe
            budget: { trials: 8 }
            seed: 3
            """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "if [ $2 -gt 55 ]; then exit 1; fi; echo loss: $1$2\n");
        StringBuilder table = new StringBuilder("X,Y,loss,status\n");
        for (int i = 0; i < 30; i++) {
            int y = 1 + i * 2;
            table.append("0.")
                    .append(10 + i)
                    .append(',')
                    .append(y)
                    .append(y > 55 ? ",,crashed\n" : ",0." + (20 + i) + ",ok\n");
        }
        Files.writeString(folder.resolve("runs.csv"), table);
        screen = new Screen(folder);
    }

    private int run(String study, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--sandbox", "off", "--study", study));
        line.addAll(List.of(more));
        return screen.run(line.toArray(String[]::new));
    }

    /** The lines of one type as the journal has them, without times and the hashes that depend on times. */
    private List<JsonNode> lines(String study, String type) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(study).resolve("journal.jsonl"))) {
            ObjectNode object = (ObjectNode) json.readTree(line);
            if (object.path("type").asText().equals(type)) {
                lines.add(object.without(List.of("prev", "sum", "at", "seconds")));
            }
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tpe",
                "cma-es",
                "lra-cma-es",
                "gp",
                "random-forest",
                "turbo",
                "conformal",
                "genetic",
                "nsga2",
                "mo-cma-es",
                "cross-entropy",
                "portfolio",
                "sobol",
                "grid",
                "random",
                "commons-cma-es"
            })
    void theBestIsRunAgainAndAResumeGoesOnAlikeWithoutTheSource(String method) throws IOException {
        assertThat(run("whole", "--method", method, "--from", "runs.csv"))
                .as(screen.err())
                .isZero();
        assertThat(screen.err())
                .contains("Earlier results from runs.csv (a table): 30 of 30 rows, 28 measured, 2 failed");

        assertThat(run("parts", "--method", method, "--from", "runs.csv", "--trials", "4"))
                .isZero();
        Files.move(folder.resolve("runs.csv"), folder.resolve("gone.csv"));
        assertThat(run("parts", "--method", method, "--trials", "6"))
                .as(screen.err())
                .isZero();
        Files.delete(folder.resolve("parts/state.json")); // it is but a short cut
        assertThat(run("parts", "--method", method, "--from", "runs.csv", "--trials", "8"))
                .as(screen.err())
                .isZero();

        List<JsonNode> trials = lines("whole", "trial");
        assertThat(trials).hasSize(8).isEqualTo(lines("parts", "trial"));
        assertThat(trials.get(0).path("origin").asText()).isEqualTo("baseline");
        assertThat(trials.get(1).path("origin").asText()).isEqualTo("imported");
        assertThat(trials.get(1).path("config")).hasToString("{\"X\":0.1,\"Y\":1}");
        assertThat(lines("whole", "imported")).hasSize(1).isEqualTo(lines("parts", "imported"));
        assertThat(lines("whole", "imported").get(0).path("trials")).hasSize(30);
    }

    @Test
    void whatTheTrialsOfAStudyCostComesAlong() throws IOException {
        assertThat(run("old", "--trials", "4")).isZero();
        assertThat(run("new", "--from", "old", "--method", "cost-aware", "--trials", "3"))
                .as(screen.err())
                .isZero();

        List<Double> paid = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("old/journal.jsonl"))) {
            if (json.readTree(line).path("type").asText().equals("trial")) {
                paid.add(json.readTree(line).path("seconds").asDouble());
            }
        }
        List<Double> known = new ArrayList<>();
        lines("new", "imported")
                .get(0)
                .path("trials")
                .forEach(trial -> known.add(trial.path("seconds").asDouble()));
        assertThat(known).isEqualTo(paid).hasSize(4);
    }

    @Test
    void theyChangeWhatIsProposed() throws IOException {
        assertThat(run("with", "--from", "runs.csv")).isZero();
        assertThat(run("without")).isZero();

        assertThat(lines("with", "trial").get(3))
                .isNotEqualTo(lines("without", "trial").get(3));
    }

    @Test
    void anEarlierValueIsNeverTheStudysOwn() throws IOException {
        Files.writeString(folder.resolve("runs.csv"), "X,Y,loss\n0.5,8,0.0001\n");
        assertThat(run("study", "--from", "runs.csv", "--trials", "2")).isZero();

        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        assertThat(json.readTree(screen.out()).path("value").asDouble()).isEqualTo(0.58);
        assertThat(screen.run("status", "--study", "study")).isZero();
        assertThat(screen.out()).contains("earlier results").contains("imported 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "json", "optuna"})
    void whatExportWritesComesBack(String format) throws IOException {
        assertThat(run("old", "--trials", "12", "--seed", "5")).isZero();
        assertThat(screen.run("export", "--study", "old", "--format", format)).isZero();
        Files.writeString(folder.resolve("export"), screen.out());

        assertThat(run("of-export", "--from", "export")).as(screen.err()).isZero();
        assertThat(run("of-study", "--from", "old")).as(screen.err()).isZero();

        assertThat(lines("of-export", "trial")).isEqualTo(lines("of-study", "trial"));
        assertThat(configs("of-export")).isEqualTo(configs("of-study"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "json"})
    void optionsThatASpreadsheetWouldTakeForFormulasComeBackAsTheyWere(String format) throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("{Y}", "{Y} {KIND}")
                        .replace(
                                "space:",
                                "space:\n  KIND: { type: choice, options: [=1+1, -drop, plain], default: =1+1 }"));
        assertThat(run("old", "--trials", "6")).as(screen.err()).isZero();
        assertThat(screen.run("export", "--study", "old", "--format", format)).isZero();
        assertThat(screen.out().contains("'=1+1")).isEqualTo(!format.equals("json"));
        Files.writeString(folder.resolve("export"), screen.out());

        assertThat(run("of-export", "--from", "export")).as(screen.err()).isZero();
        assertThat(run("of-study", "--from", "old")).as(screen.err()).isZero();

        assertThat(configs("of-export")).isEqualTo(configs("of-study"));
    }

    private List<JsonNode> configs(String study) throws IOException {
        List<JsonNode> configs = new ArrayList<>();
        lines(study, "imported").get(0).path("trials").forEach(trial -> {
            configs.add(trial.path("config"));
            configs.add(trial.path("value"));
            configs.add(trial.path("reason"));
        });
        return configs;
    }

    @Test
    void aStudyBegunAnewCanBeginWithItsForerunner() throws IOException {
        assertThat(run("study")).isZero();
        assertThat(run("study", "--fresh", "--from", "study")).as(screen.err()).isZero();

        assertThat(lines("study", "imported").get(0).path("trials")).hasSize(8);
    }

    @Test
    void theTaskFileMayNameThem() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK + "from: [runs.csv]\n");
        assertThat(run("short")).as(screen.err()).isZero();
        Files.writeString(
                folder.resolve("chiron.yaml"), TASK + "from: { sources: runs.csv, metric: loss, missing: baseline }\n");
        assertThat(run("long")).as(screen.err()).isZero();

        assertThat(lines("short", "trial")).isEqualTo(lines("long", "trial"));
        assertThat(run("short", "--trials", "9")).as(screen.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from gone.csv | no file gone.csv",
                "--from runs.csv --from-metric accuracy | runs.csv: no column accuracy",
                "--from runs.csv --from-missing maybe | maybe",
                "--from runs.csv --from runs.csv | runs.csv is given twice",
                "--from a,b | without a comma",
                "--from train.sh | train.sh",
            })
    void whatIsWrongIsSaidBeforeAnythingIsWritten(String flags, String message) {
        assertThat(run("study", flags.split(" "))).isEqualTo(2);

        assertThat(screen.err().strip().lines()).hasSize(1);
        assertThat(screen.err()).contains(message);
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void aStudyThatIsBeingWrittenIsNoSource() throws IOException {
        assertThat(run("old")).isZero();
        try (FileChannel lock = FileChannel.open(folder.resolve("old/lock"), StandardOpenOption.WRITE)) {
            lock.lock();
            assertThat(run("study", "--from", "old")).isEqualTo(2);
        }
        assertThat(screen.err()).contains("old is being written by process");
        assertThat(run("study", "--from", "old")).isZero();
    }

    @Test
    void aStudyKeepsWhatItBeganWith() throws IOException {
        assertThat(run("plain")).isZero();
        assertThat(run("plain", "--from", "runs.csv", "--trials", "9")).isEqualTo(2);
        assertThat(screen.err()).contains("from (was none, is runs.csv)").contains("--fresh");

        assertThat(run("study", "--from", "runs.csv")).isZero();
        assertThat(run("study", "--from", "none", "--trials", "9")).isEqualTo(2);
        assertThat(lines("study", "trial")).hasSize(8);
    }

    @Test
    void aModelsFirstConfigsComeAfterTheBestOfEarlierResults() throws IOException {
        Files.writeString(folder.resolve("model.sh"), """
                cat > /dev/null
                echo '{"candidates": [{"config": {"X": 0.8, "Y": 8}}, {"config": {"X": 0.2, "Y": 2}}]}'
                """);
        String model = "command:sh " + folder.resolve("model.sh");
        assertThat(run("whole", "--from", "runs.csv", "--warm-start", "2", "--llm", model))
                .as(screen.err())
                .isZero();
        assertThat(run("parts", "--from", "runs.csv", "--warm-start", "2", "--llm", model, "--trials", "3"))
                .isZero();
        assertThat(run("parts", "--llm", model, "--trials", "8"))
                .as(screen.err())
                .isZero();

        List<JsonNode> trials = lines("whole", "trial");
        assertThat(trials.stream()
                        .map(trial -> trial.path("origin").asText())
                        .toList()
                        .subList(0, 4))
                .containsExactly("baseline", "imported", "warm-start", "warm-start");
        assertThat(trials).isEqualTo(lines("parts", "trial"));
    }

    @Test
    void aModelIsToldOfThem() throws IOException {
        Files.writeString(folder.resolve("model.sh"), "cat >> " + folder.resolve("prompts") + "\necho '{}'\n");
        String model = "command:sh " + folder.resolve("model.sh");
        assertThat(run(
                        "study",
                        "--method",
                        "centaur",
                        "--from",
                        "runs.csv",
                        "--llm",
                        model,
                        "--llm-share",
                        "0.9",
                        "--set",
                        "llm.warmup=2"))
                .as(screen.err())
                .isZero();

        assertThat(Files.readString(folder.resolve("prompts")))
                .contains("Earlier results")
                .contains("0.2,0.1,1");
    }
}
