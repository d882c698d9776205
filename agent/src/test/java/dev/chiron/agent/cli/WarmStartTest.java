package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies whose first configs a model proposes. */
class WarmStartTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            llm: { share: 0.5, warmup: 2 }
            budget: { trials: 12 }
            seed: 3
            """;

    /** Notes each call; offers five configs at the start, one that repeats the baseline among six, and one on its turns. */
    private static final String MODEL = """
            prompt=$(cat)
            echo call >> calls
            case "$prompt" in
            *"Configs wanted: "*) echo '{"candidates": [
              {"config": {"X": 0.8, "Y": 8}, "value": 0.7, "failure": 0.01},
              {"config": {"X": 0.1, "Y": 60}, "value": 0.5, "failure": 0.3},
              {"config": {"X": 0.9, "Y": 8}, "value": 0.9, "failure": 0},
              {"config": {"X": 0.2, "Y": 2}}, {"config": {"X": 0.8, "Y": 8}},
              {"config": {"X": 0.4, "Y": 32}}, {"config": {"X": 0.5}}]}';;
            *) n=$(echo "$prompt" | wc -c); echo '{"X": 0.'$((n % 89 + 10))', "Y": '$((n % 64 + 1))'}';;
            esac
            """;

    private static final List<String> FIRST = List.of(
            "{\"X\":0.8,\"Y\":8}",
            "{\"X\":0.1,\"Y\":60}",
            "{\"X\":0.2,\"Y\":2}",
            "{\"X\":0.4,\"Y\":32}",
            "{\"X\":0.5,\"Y\":8}");

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "if [ $2 -gt 55 ]; then exit 1; fi; echo loss: $1$2\n");
        model(MODEL);
        screen = new Screen(folder);
    }

    private void model(String program) throws IOException {
        Files.writeString(
                folder.resolve("model.sh"),
                program.replace(">> calls", ">> " + folder.resolve("calls").toString()));
    }

    private void run(String study, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study));
        line.addAll(List.of("--warm-start", "5"));
        line.addAll(List.of(more));
        if (!line.contains("--llm")) {
            line.addAll(List.of("--llm", "command:sh " + folder.resolve("model.sh")));
        }
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    /** The trials as the journal has them, without times and the hashes that depend on times. */
    private List<JsonNode> trials(String study) throws IOException {
        List<JsonNode> trials = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(study).resolve("journal.jsonl"))) {
            ObjectNode object = (ObjectNode) json.readTree(line);
            if (object.path("type").asText().equals("trial")) {
                trials.add(object.without(List.of("prev", "sum", "at", "seconds")));
            }
        }
        return trials;
    }

    private List<String> origins(String study) throws IOException {
        return trials(study).stream()
                .map(trial -> trial.path("origin").asText())
                .toList();
    }

    private List<String> said(String study) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(study).resolve("llm"))) {
            List<String> said = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                said.add(file.getFileName() + " " + Files.readString(file));
            }
            return said;
        }
    }

    private long calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).size();
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
                "cost-aware",
                "portfolio",
                "sobol",
                "grid",
                "random",
                "commons-cma-es"
            })
    void aModelProposesTheFirstConfigsOfAnyMethodInOneCall(String method) throws IOException {
        run("study", "--method", method);

        List<JsonNode> trials = trials("study");
        assertThat(origins("study").subList(0, 6))
                .containsExactly("baseline", "warm-start", "warm-start", "warm-start", "warm-start", "warm-start");
        assertThat(trials.subList(1, 6).stream()
                        .map(trial -> trial.path("config").toString()))
                .isEqualTo(FIRST.stream().toList());
        assertThat(origins("study").subList(6, 12))
                .doesNotContain("warm-start", "llm")
                .contains(method.equals("portfolio") ? "gp" : method.replace("lra-", ""));
        assertThat(calls()).isEqualTo(1);
        assertThat(screen.out()).contains("warm-start 5", "5 turns, 1 calls", "1 repaired", "command:sh");
    }

    @Test
    void theCallIsCountedOnceAndEachForecastIsKept() throws IOException {
        run("study", "--method", "tpe");

        List<JsonNode> turns =
                trials("study").stream().map(trial -> trial.path("model")).toList();
        assertThat(turns.get(1).path("calls").asInt()).isEqualTo(1);
        assertThat(turns.get(1).path("tokens_out").asInt()).isPositive();
        assertThat(turns.get(2).path("calls").asInt()).isZero();
        assertThat(turns.get(2).path("tokens_out").asInt()).isZero();
        assertThat(turns.get(2).path("expected").asDouble()).isEqualTo(0.5);
        assertThat(turns.get(2).path("expected_failure").asDouble()).isEqualTo(0.3);
        assertThat(turns.get(5).path("repairs").toString()).contains("Y was missing");
        assertThat(turns.subList(1, 6))
                .allSatisfy(turn -> assertThat(turn.path("template").asText()).isEqualTo("warm-start"));
        assertThat(turns.get(6).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"none, 0", "partial, 1", "full, 2"})
    void whatItWillTakeIsEstimatedByThePromptOfItsContext(String context, int paragraphs) throws IOException {
        String all =
                "Trains a toy model." + "\n\n  It has been trained before." + " Nobody knows how it ended.".repeat(40);
        Files.writeString(folder.resolve("chiron.yaml"), "task: |-\n  " + all + "\n" + TASK);
        String llm = "command:sh " + folder.resolve("model.sh");
        assertThat(screen.run(
                        "run",
                        "--json",
                        "--method",
                        "tpe",
                        "--trials",
                        "3",
                        "--warm-start",
                        "2",
                        "--llm",
                        llm,
                        "--set",
                        "llambo.context=" + context))
                .as(screen.err())
                .isZero();

        JsonNode estimate =
                json.readTree(screen.out().lines().findFirst().orElseThrow()).path("llm_estimate");
        assertThat(estimate.path("turns").asInt()).isEqualTo(1);
        String prompt = said("chiron-study").stream()
                .filter(file -> file.contains("Configs wanted: "))
                .findFirst()
                .orElseThrow();
        assertThat(prompt.contains("Trains a toy model.")).isEqualTo(paragraphs > 0);
        assertThat(prompt.contains("trained before")).isEqualTo(paragraphs > 1);
        long taken =
                trials("chiron-study").get(1).path("model").path("tokens_in").asLong();
        assertThat(estimate.path("tokens_in").asLong())
                .as("the baseline's value is not known before")
                .isBetween(taken - 30, taken + 30);
    }

    @Test
    void centaursTurnsBeginAfterIt() throws IOException {
        run("study", "--optimizer", "cma-es");

        assertThat(origins("study").subList(1, 6)).containsOnly("warm-start");
        assertThat(origins("study").subList(6, 12)).contains("llm", "cma-es").doesNotContain("warm-start");
    }

    @ParameterizedTest
    @CsvSource({
        "tpe, 1, true",
        "tpe, 2, true",
        "tpe, 4, false",
        "tpe, 6, false",
        "gp, 4, true",
        "cma-es, 4, false",
        "random-forest, 3, false",
        "centaur, 3, true",
        "centaur, 4, false",
        "centaur, 7, false"
    })
    void aStudyStoppedInTheMiddleEqualsOneThatWasNot(String method, String trials, boolean keptState)
            throws IOException {
        run("whole", "--method", method);
        run("stopped", "--method", method, "--trials", trials);
        if (!keptState) {
            Files.delete(folder.resolve("stopped/state.json"));
        }
        run("stopped", "--method", method, "--trials", "12");

        assertThat(trials("stopped")).isEqualTo(trials("whole"));
        assertThat(said("stopped")).isEqualTo(said("whole"));
    }

    @Test
    void aStudyWhoseBudgetIsSpentGoesOnWithWhatWasBought() throws IOException {
        run("whole", "--method", "tpe", "--llm-calls", "1");
        run("stopped", "--method", "tpe", "--llm-calls", "1", "--trials", "3");
        Files.delete(folder.resolve("model.sh"));
        run("stopped", "--method", "tpe", "--llm-calls", "1", "--trials", "12");

        assertThat(trials("stopped")).isEqualTo(trials("whole"));
        assertThat(calls()).isEqualTo(2);
    }

    @Test
    void aRecordedWarmStartIsReplayed() throws IOException {
        run("whole", "--method", "tpe");
        Files.delete(folder.resolve("model.sh"));
        run("replayed", "--method", "tpe", "--llm", "replay:" + folder.resolve("whole"));

        assertThat(origins("replayed")).isEqualTo(origins("whole"));
        assertThat(trials("replayed").stream().map(trial -> trial.path("config")))
                .isEqualTo(trials("whole").stream()
                        .map(trial -> trial.path("config"))
                        .toList());
    }

    @Test
    void whatTheModelHasTooFewOfIsTheOptimizers() throws IOException {
        model("cat > /dev/null; echo call >> calls; echo '[{\"X\": 0.3, \"Y\": 3}, {\"X\": 0.6, \"Y\": 99}]'");
        run("study", "--method", "cma-es");

        assertThat(origins("study").subList(0, 6))
                .containsExactly("baseline", "warm-start", "cma-es", "cma-es", "cma-es", "cma-es");
        assertThat(calls()).as("asked again twice").isEqualTo(3);
        assertThat(screen.out()).contains("4: turns of the model that the optimizer had to take");
        assertThat(trials("study").get(3).path("model").path("why").asText())
                .isEqualTo("of the 5 first configs the model proposed 1 of use");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo 'I would raise X a little.'", "exit 3", "echo '{}'"})
    void aModelOfNoUseCostsNothingButItsTurns(String program) throws IOException {
        model("cat > /dev/null; echo call >> calls; " + program);
        run("study", "--method", "cma-es");
        long calls = calls();
        assertThat(origins("study")).doesNotContain("warm-start");
        assertThat(screen.out()).contains("5: turns of the model that the optimizer had to take");

        run("stopped", "--method", "cma-es", "--trials", "3");
        run("stopped", "--method", "cma-es", "--trials", "12");
        assertThat(trials("stopped")).isEqualTo(trials("study"));
        assertThat(calls()).as("not asked again").isEqualTo(2 * calls);
    }

    @Test
    void theRulesOfThumbMoveAroundTheBaseline() throws IOException {
        run("study", "--method", "tpe", "--llm", "builtin");

        assertThat(origins("study").subList(1, 6)).containsOnly("warm-start");
        assertThat(trials("study").stream().map(trial -> trial.path("config")).distinct())
                .hasSize(12);
    }

    @Test
    void ofSeveralModelsTheNextIsAskedWhereOneHasNothing() throws IOException {
        Path away =
                Files.writeString(folder.resolve("away.sh"), "echo call >> " + folder.resolve("calls") + "; exit 1");
        String both = "command:sh " + away + ",command:sh " + folder.resolve("model.sh");

        run("whole", "--method", "random", "--llm", both, "--llm-required");
        assertThat(trials("whole").subList(1, 6))
                .extracting(trial -> trial.path("config").toString())
                .isEqualTo(FIRST);
        assertThat(calls()).isEqualTo(2);
        assertThat(screen.run("status", "--study", "whole")).isZero();
        assertThat(screen.out()).contains("2 calls", "1 turns that are in no trial");

        run("parts", "--method", "random", "--llm", both, "--trials", "3");
        run("parts", "--method", "random", "--llm", both);
        assertThat(trials("parts")).isEqualTo(trials("whole"));
        assertThat(calls()).as("nobody is asked again").isEqualTo(4);
        run("again", "--method", "random", "--llm", "replay:" + folder.resolve("whole"));
        assertThat(trials("again")).isEqualTo(trials("whole"));

        model("exit 1");
        assertThat(screen.run("run", "--study", "none", "--warm-start", "5", "--llm", both, "--llm-required"))
                .isEqualTo(End.MODEL_UNREACHABLE.exitCode());
    }

    @Test
    void aModelThatHasToBeThereEndsTheStudyWhenItIsNot() throws IOException {
        model("exit 3");
        assertThat(screen.run(
                        "run",
                        "--quiet",
                        "--method",
                        "tpe",
                        "--warm-start",
                        "5",
                        "--llm-required",
                        "--llm",
                        "command:sh " + folder.resolve("model.sh")))
                .isEqualTo(End.MODEL_UNREACHABLE.exitCode());
    }

    @ParameterizedTest
    @CsvSource({"none, centaur", "perturb, centaur", "none, tpe"})
    void withoutAModelThereIsNoWarmStart(String llm, String method) {
        assertThat(screen.run("run", "--llm", llm, "--method", method, "--warm-start", "5"))
                .isEqualTo(2);
        assertThat(screen.err())
                .contains("--warm-start", "name a model with --llm")
                .hasLineCount(1);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "11", "few"})
    void anotherNumberIsRefused(String number) {
        assertThat(screen.run("run", "--llm", "builtin", "--warm-start", number))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--warm-start");
    }
}
