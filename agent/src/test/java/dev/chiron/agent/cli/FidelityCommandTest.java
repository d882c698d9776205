package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies whose trials are parts of a training. */
class FidelityCommandTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y} {EPOCHS}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: int, low: 100, high: 999, default: 500 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            fidelity: { name: EPOCHS, min: 1, max: 9 }
            method: hyperband
            budget: { trials: 24 }
            sandbox: { level: off }
            seed: 3
            """;

    /** Better with more epochs: a short training never has a better value than the same for longer. */
    private static final String SCRIPT = "if [ $2 -gt 58 ]; then exit 1; fi; echo loss: $(( 10000 / $3 + $1 ))\n";

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        screen = new Screen(folder);
    }

    private void run(String study, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    /** The trials by number, without times and the hashes that depend on times. */
    private List<JsonNode> trials(String study) throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(study).resolve("journal.jsonl"))) {
            ObjectNode object = (ObjectNode) json.readTree(line);
            if (object.path("type").asText().equals("trial")) {
                trials.add(object.without(List.of("prev", "sum", "at", "seconds")));
            }
        }
        trials.sort(Comparator.comparingInt(trial -> trial.path("trial").asInt()));
        return trials;
    }

    private static int epochs(JsonNode trial) {
        return trial.path("fidelity").path("amount").asInt(9);
    }

    @ParameterizedTest
    @CsvSource({"hyperband, random", "iterative-deepening-hyperband, tpe", "bohb, tpe", "asha, cma-es", "asha, gp"})
    void onlyWholeTrainingsAreEverTheBest(String method, String optimizer) throws IOException {
        run("study", "--method", method, "--optimizer", optimizer, "--trials", "30");

        List<JsonNode> trials = trials("study");
        assertThat(trials.get(0).path("status").asText()).isEqualTo("measured");
        assertThat(trials.get(1).path("status").asText()).isIn("partial", "failed");
        assertThat(trials).allSatisfy(trial -> {
            assertThat(trial.path("config").has("EPOCHS")).isFalse();
            if (trial.has("value")) { // what the script was told shows in its value
                int x = trial.path("config").path("X").asInt();
                assertThat(trial.path("value").asInt()).isEqualTo(10000 / epochs(trial) + x);
            }
            assertThat(trial.path("status").asText().equals("partial"))
                    .isEqualTo(trial.has("value") && epochs(trial) < 9);
        });
        assertThat(trials).anyMatch(trial -> trial.path("origin").asText().equals("promoted"));
        assertThat(trials).anyMatch(trial -> trial.path("origin").asText().equals(optimizer));

        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        JsonNode best = json.readTree(screen.out());
        double least = trials.stream()
                .filter(trial -> trial.path("status").asText().equals("measured"))
                .mapToDouble(trial -> trial.path("value").asDouble())
                .min()
                .orElseThrow();
        assertThat(best.path("value").asDouble()).isEqualTo(least);
        assertThat(screen.run("trials", "--study", "study", "--json")).isZero();
        assertThat(screen.out()).contains("\"promoted_from\":");
        assertThat(screen.run("export", "--study", "study", "--format", "csv")).isZero();
        assertThat(screen.out().lines().findFirst().orElseThrow()).endsWith("fidelity,share");
        assertThat(screen.run("export", "--study", "study", "--format", "optuna"))
                .isZero();
        assertThat(screen.out()).contains("EPOCHS 1 of 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hyperband", "iterative-deepening-hyperband", "bohb", "asha"})
    void stoppedAndGoneOnItIsTheSameStudy(String method) throws IOException {
        String[] flags = {"--method", method, "--llm", "builtin", "--llm-share", "0.4"};
        run("whole", with(flags, "26"));
        for (String stop : List.of("4", "13", "21")) {
            run("stopped" + stop, with(flags, stop));
            if (!stop.equals("13")) {
                Files.delete(folder.resolve("stopped" + stop).resolve("state.json"));
            }
            run("stopped" + stop, with(flags, "26"));
            assertThat(trials("stopped" + stop)).isEqualTo(trials("whole"));
        }
        assertThat(trials("whole"))
                .anyMatch(trial -> trial.path("origin").asText().equals("builtin"));
    }

    private static String[] with(String[] flags, String trials) {
        List<String> all = new ArrayList<>(List.of(flags));
        all.addAll(List.of("--trials", trials));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hyperband", "bohb", "asha"})
    void withWorkersItIsTheSameStudyWhereThatIsAskedFor(String method) throws IOException {
        run("one", "--method", method, "--workers", "3", "--deterministic");
        run("other", "--method", method, "--workers", "3", "--deterministic", "--trials", "11");
        run("other", "--method", method, "--workers", "3", "--deterministic");
        assertThat(trials("other")).isEqualTo(trials("one")).hasSize(24);
        run("free", "--method", method, "--workers", "4");
        assertThat(trials("free")).hasSize(24);
    }

    /** The baseline is one; the pass of 9, 3 and 1 at ninths is three; and so on. */
    @Test
    void aBudgetOfWholeTrainings() throws IOException {
        run("study", "--trainings", "4");
        double wholes = trials("study").stream()
                .mapToDouble(trial -> epochs(trial) / 9.0)
                .sum();
        assertThat(wholes).isBetween(3.999, 4.9);
        assertThat(trials("study")).hasSizeGreaterThan(10);
        assertThat(screen.run("status", "--study", "study", "--json")).isZero();
        assertThat(json.readTree(screen.out()).path("trainings").asDouble()).isBetween(3.999, 4.9);
    }

    @Test
    void aSpaceWithoutNewConfigsIsTrainedToItsEnd() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("low: 100, high: 999, default: 500", "low: 500, high: 502")
                        .replace(
                                "Y: { type: int, low: 1, high: 64, default: 8 }",
                                "Y: { type: int, low: 8, high: 9, default: 8 }")
                        .replace("high: 502", "high: 502, default: 501"));
        run("study", "--trials", "100");
        assertThat(trials("study").stream().filter(trial -> epochs(trial) == 9)).hasSize(6);
        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        assertThat(screen.out()).contains("\"value\":1611.0");
    }

    @Test
    void itIsShownForPeople() throws IOException {
        run("study", "--trials", "14");
        assertThat(screen.run("trials", "--study", "study")).isZero();
        assertThat(screen.out()).contains("in part").contains("EPOCHS 1 of 9");
        int partial = trials("study").stream()
                .filter(trial -> trial.path("status").asText().equals("partial"))
                .findFirst()
                .orElseThrow()
                .path("trial")
                .asInt();
        assertThat(screen.run("show", Integer.toString(partial), "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains("EPOCHS 1 of 9, a part of a training");
        assertThat(screen.run("why", Integer.toString(partial), "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains("EPOCHS 1 of 9");
    }

    /** Whatever the script has: with any other method a trial is a whole training. */
    @Test
    void theScriptsConstantIsSet() throws IOException {
        Files.writeString(folder.resolve("train.py"), "EPOCHS = 2\nX = 500\nprint('loss:', 10000 // EPOCHS + X)\n");
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("train.sh", "train.py")
                        .replace("sh {script} {X} {Y} {EPOCHS}", "python3 {script}")
                        .replace("  Y: { type: int, low: 1, high: 64, default: 8 }\n", ""));
        run("study", "--method", "random", "--trials", "2");
        assertThat(trials("study").get(0).path("value").asInt()).isEqualTo(1111 + 500);
        assertThat(trials("study").get(1).path("status").asText()).isEqualTo("measured");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fidelity: { name: EPOCHS, min: 1, max: 9 } |  | the method hyperband trains configs for a part of a training first",
                "min: 1, max: 9 | min: 1 | `fidelity.max` is missing, for example fidelity: { name: EPOCHS, min: 1, max: 27 }",
                "min: 1, max: 9 | min: 10, max: 9 | `10` is more than max, 9",
                "min: 1, max: 9 | min: 4, max: 9 | is more than an eta-th of max, 9 / 3",
                "min: 1, max: 9 | min: 0, max: 9 | `0` is not a number above 0",
                "min: 1, max: 9 | min: 1, max: 9, eta: 1 | does not lie in [2,",
                "min: 1, max: 9 | min: 1, max: 9, start: 4 | `4` is none of the amounts that there are: 1, 3, 9",
                "min: 1, max: 9 | min: 1, max: 9, variant: odd | unknown `odd`",
                "name: EPOCHS | name: X | X is a parameter of the space",
                "name: EPOCHS | name: EPOCH | unknown hole {EPOCHS}, did you mean `EPOCH`?",
                "{EPOCHS} | 9 | no constant EPOCHS in train.sh"
            })
    void whatIsWrongIsSaid(String written, String instead, String message) throws IOException {
        String other = instead == null ? "" : instead;
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace(written, other));
        assertThat(screen.run("run", "--quiet")).isEqualTo(2);
        assertThat(screen.err()).contains(message);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void aRuleThatComparesRunsOfDifferentLengthIsRefused() {
        assertThat(screen.run("run", "--quiet", "--prune", "median")).isEqualTo(2);
        assertThat(screen.err()).contains("median compares a run with others", "threshold or patient");
    }

    @Test
    void theLadderBelongsToAStudy() {
        run("study", "--trials", "3");
        assertThat(screen.run("run", "--quiet", "--study", "study", "--set", "fidelity.eta=2"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("fidelity (was EPOCHS 1 to 9 by 3").contains("by 2");
    }
}
