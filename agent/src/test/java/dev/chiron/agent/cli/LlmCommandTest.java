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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies of the methods in which a model proposes by itself, one config a question. */
class LlmCommandTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            method: llm
            budget: { trials: 10 }
            seed: 3
            """;

    /** Notes each call; proposes by the length of the prompt, which grows, and at first something of no use. */
    private static final String MODEL = """
            prompt=$(cat)
            echo call >> CALLS
            n=$(echo "$prompt" | wc -c)
            case "$prompt" in
            *"Your last reply"*) echo '{"X": 0.'$((n % 89 + 10))', "Y": '$((n % 60 + 1))'}';;
            *) if [ $((n % 3)) -eq 0 ]; then echo '{"X": 3}'; else echo '{"X": 0.'$((n % 88 + 10))', "Y": '$((n % 61 + 1))'}'; fi;;
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

    @ParameterizedTest
    @ValueSource(strings = {"agent", "chat", "compressed", "opro"})
    void everyTrialIsTheModels(String style) throws IOException {
        run("study", model(), "--set", "llm.style=" + style);

        assertThat(origins("study").get(0)).isEqualTo("baseline");
        assertThat(origins("study").subList(1, 10))
                .allMatch(origin -> List.of("llm", "sobol").contains(origin));
        assertThat(origins("study")).contains("llm");
        assertThat(calls()).isEqualTo(asked("study")).isGreaterThanOrEqualTo(9);
        assertThat(trials("study").get(3).path("model").path("template").asText())
                .isEqualTo("llm-" + style);
    }

    @ParameterizedTest
    @CsvSource({"llm, 3, true", "llm, 6, false", "optoprime, 3, true", "optoprime, 6, false"})
    void aStudyStoppedInTheMiddleEqualsOneThatWasNot(String method, String trials, boolean keptState)
            throws IOException {
        run("whole", model(), "--method", method);
        run("stopped", model(), "--method", method, "--trials", trials);
        if (!keptState) {
            Files.delete(folder.resolve("stopped/state.json"));
        }
        run("stopped", model(), "--method", method, "--trials", "10");

        assertThat(trials("stopped")).isEqualTo(trials("whole"));
        assertThat(calls()).as("nothing is asked twice").isEqualTo(2 * asked("whole"));
    }

    @Test
    void optoPrimeShowsTheLinesThatUseTheVariablesAndWhatTheRunSaid() throws IOException {
        Files.writeString(
                folder.resolve("train.sh"),
                "X=$1\necho 'loss: 0.9'\necho 'other: 7'\necho 'loss: 0.8'\necho \"loss: $X$2\"\n");
        run("study", model(), "--method", "optoprime", "--trials", "3", "--set", "llm.memory=0");

        assertThat(origins("study")).containsExactly("baseline", "llm", "llm");
        assertThat(Files.readString(longestPrompt("study")))
                .contains("$ sh {script} {X} {Y}", "   1  X=$1", "   5  echo \"loss: $X$2\"")
                .contains(
                        "other = 7",
                        "loss on the way (step: value): 1: 0.9, 2: 0.8",
                        "## Earlier runs\n\nNone is shown.");
        assertThat(trials("study").get(1).path("model").path("template").asText())
                .isEqualTo("optoprime");
    }

    @Test
    void aStudyIsReplayedWithoutItsModel() throws IOException {
        run("whole", model(), "--set", "llm.style=chat");
        Files.delete(folder.resolve("model.sh"));
        run("replayed", "replay:" + folder.resolve("whole"), "--set", "llm.style=chat");

        assertThat(trials("replayed")).isEqualTo(trials("whole"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm", "optoprime"})
    void aSpentBudgetLeavesTheTurnsToSobol(String method) throws IOException {
        run("study", model(), "--method", method, "--llm-calls", "4");

        assertThat(calls()).isEqualTo(4);
        assertThat(origins("study").subList(6, 10)).containsOnly("sobol");
        assertThat(trials("study").get(9).path("model").path("over_budget").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent", "chat", "compressed", "opro"})
    void theRulesOfThumbAnswerEveryStyle(String style) throws IOException {
        run("study", "builtin", "--set", "llm.style=" + style);

        assertThat(origins("study").subList(1, 10)).containsOnly("builtin");
        assertThat(screen.out()).contains("fallbacks  none", "0 replies sent back");
    }

    @Test
    void theRulesOfThumbAnswerOptoPrimeAndPerturbStandsInForIt() throws IOException {
        run("study", "builtin", "--method", "optoprime");
        assertThat(origins("study").subList(1, 10)).containsOnly("builtin");
        assertThat(screen.out()).contains("fallbacks  none");

        run("control", "perturb", "--method", "optoprime");
        assertThat(origins("control").subList(1, 10)).containsOnly("perturb");
    }

    @Test
    void aCoinDecidesBetweenTheModelAndTpe() throws IOException {
        run("whole", model(), "--method", "llm-tpe", "--warm-start", "0", "--trials", "16");
        assertThat(origins("whole").subList(1, 16)).contains("llm", "tpe");
        String prompt = Files.readString(longestPrompt("whole"));
        assertThat(prompt).contains("proposed by tpe, ", "You: ");

        run("stopped", model(), "--method", "llm-tpe", "--trials", "5");
        Files.delete(folder.resolve("stopped/state.json"));
        run("stopped", model(), "--method", "llm-tpe", "--trials", "16");
        assertThat(trials("stopped")).isEqualTo(trials("whole"));
        assertThat(calls()).as("nothing is asked twice").isEqualTo(2 * asked("whole"));

        Files.delete(folder.resolve("model.sh"));
        run("replayed", "replay:" + folder.resolve("whole"), "--method", "llm-tpe", "--trials", "16");
        assertThat(trials("replayed")).isEqualTo(trials("whole"));
    }

    private Path longestPrompt(String study) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(study).resolve("llm"))) {
            return files.filter(file -> file.toString().endsWith("prompt.md"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm", "llm-tpe", "optoprime"})
    void withoutAModelThereIsNoLlmAndItHasNoOptimizerToChoose(String method) {
        assertThat(screen.run("run", "--study", "study", "--method", method)).isEqualTo(2);
        assertThat(screen.err())
                .contains("the method " + method + " is a language model's")
                .hasLineCount(1);
        assertThat(screen.run("run", "--study", "study", "--method", method, "--llm", "builtin", "--optimizer", "gp"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("have an optimizer to choose, not " + method);
        assertThat(folder.resolve("study")).doesNotExist();
    }
}
