package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies of several objectives that begin with earlier results. */
class ObjectivesFromTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {K} {FAST}
            metric: [ { name: score, goal: maximize }, { name: ms } ]
            feasible: [ ms <= 40 ]
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              K: { type: int, low: 1, high: 64, default: 8 }
              FAST: { type: choice, options: [true, false], default: false }
            method: nsga2
            budget: { trials: 8 }
            seed: 3
            """;

    private static final String SCRIPT = """
            if [ "$2" -gt 58 ]; then echo "MemoryError: too large" >&2; exit 1; fi
            ms=$2; if [ "$3" = true ]; then ms=$(($2 / 2)); fi
            echo "ms: $ms"
            awk -v x="$1" -v k="$2" 'BEGIN { print "score: " k / 10 - (x - 0.3)^2 }'
            """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        StringBuilder table = new StringBuilder("X,K,FAST,score,ms,status\n");
        for (int k = 2; k <= 60; k += 2) {
            table.append("0.4,")
                    .append(k)
                    .append(",1,")
                    .append(k > 58 ? ",,crashed\n" : k / 10.0 + "," + k / 2 + ",ok\n");
        }
        table.append("0.4,50,False,9,50,ok\n");
        Files.writeString(folder.resolve("runs.csv"), table);
        screen = new Screen(folder);
    }

    private int run(String study, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study));
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
    @ValueSource(strings = {"nsga2", "mo-cma-es", "tpe", "random", "sobol", "grid", "centaur"})
    void theCompromiseIsRunAgainAndAResumeGoesOnAlikeWithoutTheSource(String method) throws IOException {
        assertThat(run("whole", "--method", method, "--from", "runs.csv"))
                .as(screen.err())
                .isZero();
        assertThat(screen.err())
                .contains(
                        "Earlier results from runs.csv (a table): 31 of 31 rows, 29 measured, 1 infeasible, 1 failed (1 crashed).")
                .contains("Of their front of 29 the compromise is run again as trial 1.");

        assertThat(run("parts", "--method", method, "--from", "runs.csv", "--trials", "4"))
                .isZero();
        Files.move(folder.resolve("runs.csv"), folder.resolve("gone.csv"));
        assertThat(run("parts", "--method", method, "--trials", "6"))
                .as(screen.err())
                .isZero();
        Files.delete(folder.resolve("parts/state.json")); // it is but a short cut
        assertThat(run("parts", "--method", method, "--trials", "8"))
                .as(screen.err())
                .isZero();

        List<JsonNode> trials = lines("whole", "trial");
        assertThat(trials).hasSize(8).isEqualTo(lines("parts", "trial"));
        assertThat(trials.get(1).path("origin").asText()).isEqualTo("imported");
        assertThat(trials.get(1).path("config")).hasToString("{\"X\":0.4,\"K\":30,\"FAST\":true}");
        JsonNode known = lines("whole", "imported").get(0).path("trials");
        assertThat(known).hasSize(31);
        assertThat(known.get(4).path("metrics")).hasToString("{\"ms\":5.0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nsga2", "mo-cma-es", "tpe"})
    void theyChangeWhatIsProposed(String method) throws IOException {
        assertThat(run("with", "--method", method, "--from", "runs.csv")).isZero();
        assertThat(run("without", "--method", method)).isZero();

        assertThat(lines("with", "trial").get(3))
                .isNotEqualTo(lines("without", "trial").get(3));
    }

    @Test
    void theFrontIsTheStudysOwnAndWhatTheCompromiseWasThereIsShown() throws IOException {
        Files.writeString(folder.resolve("runs.csv"), "X,K,FAST,score,ms\n0.5,8,true,99,0.001\n");
        assertThat(run("study", "--from", "runs.csv", "--trials", "2")).isZero();

        screen.run("status", "--study", "study");
        assertThat(screen.out())
                .contains("1, not counted above; the compromise was 99 / 0.001 there and is 0.76 / 4 here");
        screen.run("report", "--study", "study", "--format", "md", "--out", "report.md");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("The compromise of their front was run again as trial 1: 99 / 0.001 there, 0.76 / 4 here.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "json", "optuna"})
    void whatExportWritesComesBack(String format) throws IOException {
        assertThat(run("old", "--method", "sobol", "--trials", "16")).isZero();
        assertThat(screen.run("export", "--study", "old", "--format", format)).isZero();
        Files.writeString(folder.resolve("export"), screen.out());

        assertThat(run("of-export", "--from", "export")).as(screen.err()).isZero();
        assertThat(run("of-study", "--from", "old")).as(screen.err()).isZero();

        List<JsonNode> trials = lines("of-study", "trial");
        assertThat(trials).isEqualTo(lines("of-export", "trial"));
        assertThat(lines("of-study", "imported").get(0).path("trials").findValuesAsText("status"))
                .contains("measured", "infeasible", "failed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "score, maximize, loss, minimize | old: its metrics are score, loss, and no trial printed ms. If it has all of this task's objectives by other names, name them in this order with --from-metric score,ms",
                "score, maximize, ms, maximize | old is to maximize ms, this task is to minimize ms: they are not the same metric; leave it out, or correct metric.goal",
            })
    void aStudyWithOtherObjectivesIsRefused(String objectives, String message) throws IOException {
        String[] words = objectives.split(", ");
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replaceFirst(
                                "metric: .*\n",
                                "metric: [ { name: " + words[0] + ", goal: " + words[1] + " }, { name: " + words[2]
                                        + ", goal: " + words[3] + " } ]\n")
                        .replaceFirst("feasible: .*\n", ""));
        Files.writeString(folder.resolve("train.sh"), SCRIPT.replace("ms: ", words[2] + ": "));
        assertThat(run("old", "--trials", "3")).as(screen.err()).isZero();
        Files.writeString(folder.resolve("chiron.yaml"), TASK);

        assertThat(run("study", "--from", "old")).isEqualTo(2);
        assertThat(screen.err()).isEqualTo("chiron: " + message + "\n");
        assertThat(folder.resolve("study")).doesNotExist();
    }

    @Test
    void aStudyMayCallItsObjectivesOtherwise() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("name: score", "name: points")
                        .replace("name: ms", "name: latency")
                        .replace("ms <= 40", "latency <= 40"));
        Files.writeString(
                folder.resolve("train.sh"),
                SCRIPT.replace("score: ", "points: ").replace("ms: ", "latency: "));
        assertThat(run("old", "--method", "sobol", "--trials", "6")).isZero();
        project();

        assertThat(run("study", "--from", "old", "--from-metric", "points,latency"))
                .as(screen.err())
                .isZero();
        assertThat(lines("study", "imported").get(0).path("trials").get(0).path("metrics"))
                .hasToString("{\"ms\":8.0}");
        assertThat(run("fewer", "--from", "old", "--from-metric", "points")).isEqualTo(2);
        assertThat(screen.err()).contains("names 1 of 2: name what each is called in the earlier results");
    }

    @Test
    void aModelReadsTheirValues() throws IOException {
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

        assertThat(Files.readString(folder.resolve("prompts"))).contains("score / ms,X,K,FAST\n3 / 15,0.4,30,true\n");
    }

    @Tag("optuna")
    @ParameterizedTest
    @ValueSource(strings = {"-", "score,ms"})
    void aDatabaseThatOptunaWroteComesWithAllValuesAndConstraints(String names) throws Exception {
        JsonNode theirs = optuna(names);

        assertThat(run("study", "--from", "optuna.db")).as(screen.err()).isZero();

        JsonNode known = lines("study", "imported").get(0).path("trials");
        List<JsonNode> ended = new ArrayList<>();
        theirs.forEach(trial -> {
            if (!trial.path("state").asText().equals("RUNNING")) {
                ended.add(trial);
            }
        });
        assertThat(known).hasSize(ended.size()).hasSize(40);
        for (int i = 0; i < ended.size(); i++) {
            JsonNode there = ended.get(i);
            JsonNode here = known.get(i);
            assertThat(here.path("config").path("K"))
                    .isEqualTo(there.path("config").path("K"));
            assertThat(here.path("config").path("FAST"))
                    .isEqualTo(there.path("config").path("FAST"));
            if (there.path("state").asText().equals("FAIL")) {
                assertThat(here.path("status").asText()).isEqualTo("failed");
            } else {
                boolean broken = there.path("broken").asBoolean()
                        || there.path("values").path(1).asDouble() > 40;
                assertThat(here.path("status").asText()).isEqualTo(broken ? "infeasible" : "measured");
                assertThat(here.path("value").asDouble())
                        .isEqualTo(there.path("values").path(0).asDouble());
                assertThat(here.path("metrics").path("ms").asDouble())
                        .isEqualTo(there.path("values").path(1).asDouble());
            }
        }
        assertThat(known.findValuesAsText("status")).contains("measured", "infeasible", "failed");
    }

    @Tag("optuna")
    @Test
    void optunasNamesDecideWhichValueIsWhich() throws Exception {
        optuna("ms,score"); // its directions are those of the values, so they do not fit these names
        assertThat(run("study", "--from", "optuna.db")).isEqualTo(2);
        assertThat(screen.err()).contains("optuna.db is to minimize score, this task is to maximize score");
    }

    @Tag("optuna")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "points,latency | optuna.db: the study old has 2 objectives (points, latency), this task's are score, ms. If they are the same, name them in this order with --from-metric NAME,NAME",
                "- | optuna.db: the study old has 2 objectives, this task has 3 (score, ms, watts): they are not the same. Take it out, or give metric: the same objectives",
            })
    void aDatabaseWithOtherObjectivesIsRefused(String names, String message) throws Exception {
        optuna(names);
        if (names.equals("-")) {
            Files.writeString(
                    folder.resolve("chiron.yaml"), TASK.replace("{ name: ms } ]", "{ name: ms }, { name: watts } ]"));
        }
        assertThat(run("study", "--from", "optuna.db")).isEqualTo(2);
        assertThat(screen.err()).isEqualTo("chiron: " + message + "\n");
    }

    private JsonNode optuna(String names) throws IOException, InterruptedException {
        Path script = Path.of("src/test/resources/optuna/make_front.py").toAbsolutePath();
        Path errors = folder.resolve("errors.txt");
        Process optuna = new ProcessBuilder(
                        "/usr/bin/python3",
                        script.toString(),
                        folder.resolve("optuna.db").toString(),
                        names)
                .redirectError(errors.toFile())
                .start();
        byte[] output = optuna.getInputStream().readAllBytes();
        assertThat(optuna.waitFor()).as(Files.readString(errors)).isZero();
        return json.readTree(output);
    }
}
