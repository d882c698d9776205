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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies of the method llambo. */
class LlamboCommandTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            method: llambo
            budget: { trials: 10 }
            seed: 3
            """;

    /** Notes each call; proposes by the length of the prompt, which grows, and foretells the second of two the best. */
    private static final String MODEL = """
            prompt=$(cat)
            echo call >> CALLS
            n=$(echo "$prompt" | wc -c)
            case "$prompt" in
            *"Candidates to rate: "*) echo '{"ratings": [{"candidate": 1, "value": 0.5, "sd": 0.1, "failure": 0.1},
              {"candidate": 2, "value": 0.1, "sd": 0.1, "failure": 0.2}]}';;
            *"Target loss: "*) echo '{"candidates": [{"config": {"X": 0.'$((n % 89 + 10))', "Y": '$((n % 50 + 1))'}},
              {"config": {"X": 0.'$((n % 88 + 10))', "Y": '$((n % 49 + 2))'}}]}';;
            *) echo '{"candidates": [{"config": {"X": 0.8, "Y": 8}}, {"config": {"X": 0.1, "Y": 60}},
              {"config": {"X": 0.2, "Y": 2}}, {"config": {"X": 0.4, "Y": 32}}]}';;
            esac
            """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "if [ $2 -gt 55 ]; then exit 1; fi; echo loss: $1$2\n");
        Files.writeString(
                folder.resolve("model.sh"),
                MODEL.replace("CALLS", folder.resolve("calls").toString()));
        screen = new Screen(folder);
    }

    private void run(String study, String llm, String... more) {
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study, "--llm", llm));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private String model() {
        return "command:sh " + folder.resolve("model.sh");
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

    private long calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).size();
    }

    /** The calls that the journal counts. */
    private long asked(String study) throws IOException {
        return trials(study).stream()
                .mapToLong(trial -> trial.path("model").path("calls").asLong())
                .sum();
    }

    @Test
    void fourFirstConfigsThenTwoCallsATrial() throws IOException {
        run("study", model());

        assertThat(origins("study").subList(0, 5))
                .containsExactly("baseline", "warm-start", "warm-start", "warm-start", "warm-start");
        assertThat(origins("study").subList(5, 10)).containsOnly("llm");
        assertThat(calls()).isEqualTo(asked("study")).isBetween(1L + 5, 1L + 5 * 2);
        JsonNode turn = trials("study").stream()
                .map(trial -> trial.path("model"))
                .filter(model -> model.path("offered").asInt() == 2 && model.has("parts"))
                .findFirst()
                .orElseThrow();
        assertThat(turn.path("parts"))
                .extracting(part -> part.path("asked").asText() + part.path("questions"))
                .containsExactly("sampler1", "surrogate1");
        assertThat(turn.path("rank").asInt()).as("the better of the two").isEqualTo(2);
        assertThat(turn.path("expected").asDouble()).isEqualTo(0.1);
        assertThat(screen.run(
                        "show", String.valueOf(Integer.parseInt(turn.path("key").asText())), "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains("sampler: 1 question, 0 replies of no use", "surrogate: 1 question");
        assertThat(screen.run("trials", "--json", "--study", "study")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"3, true", "6, false", "7, true"})
    void aStudyStoppedInTheMiddleEqualsOneThatWasNot(String trials, boolean keptState) throws IOException {
        run("whole", model());
        run("stopped", model(), "--trials", trials);
        if (!keptState) {
            Files.delete(folder.resolve("stopped/state.json"));
        }
        run("stopped", model(), "--trials", "10");

        assertThat(trials("stopped")).isEqualTo(trials("whole"));
        assertThat(calls()).as("nothing is asked twice").isEqualTo(2 * asked("whole"));
    }

    @Test
    void aStudyIsReplayedWithoutItsModel() throws IOException {
        run("whole", model());
        Files.delete(folder.resolve("model.sh"));
        run("replayed", "replay:" + folder.resolve("whole"));

        assertThat(trials("replayed")).isEqualTo(trials("whole"));
    }

    @Test
    void aSpentBudgetLeavesTheTurnsToTheOptimizer() throws IOException {
        run("study", model(), "--llm-calls", "4");

        assertThat(origins("study").subList(5, 10))
                .startsWith("llm")
                .contains("gp")
                .doesNotContain("random");
        assertThat(calls()).isEqualTo(4);
        assertThat(trials("study").get(9).path("model").path("over_budget").asBoolean())
                .isTrue();
        assertThat(trials("study").get(6).path("model").path("fallback").asBoolean())
                .as("it had candidates, and nobody was left to rate them: its first was run")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode=batched", "mode=faithful", "surrogate=generative", "context=none", "alpha=-0.2"})
    void theRulesOfThumbAnswerAllOfIt(String setting) throws IOException {
        run("study", "builtin", "--set", "llambo." + setting);

        assertThat(origins("study").subList(5, 10)).containsOnly("builtin");
        assertThat(screen.out()).contains("fallbacks  none", "0 replies sent back");
    }

    @Test
    void theControlMovesTheIncumbentOnEveryTurn() throws IOException {
        run("study", "perturb");

        assertThat(origins("study").subList(0, 5)).containsExactly("baseline", "gp", "gp", "gp", "gp");
        assertThat(origins("study").subList(5, 10)).containsOnly("perturb");
    }

    @Test
    void withoutAModelThereIsNoLlambo() {
        assertThat(screen.run("run", "--study", "study")).isEqualTo(2);
        assertThat(screen.err()).contains("llm.model", "name one with --llm").hasLineCount(1);
        assertThat(folder.resolve("study")).doesNotExist();
    }
}
