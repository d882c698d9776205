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
            *'{"analysis"'*) if [ $((n % 4)) -eq 0 ]; then echo 'Hm.'; else echo '{"analysis": "Seen at '$n'."}'; fi;;
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
    @CsvSource({
        "llm, 3, true",
        "llm, 6, false",
        "optoprime, 3, true",
        "optoprime, 6, false",
        "agent-hpo, 3, true",
        "agent-hpo, 6, false"
    })
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
    @ValueSource(strings = {"llm", "optoprime", "agent-hpo"})
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

    @ParameterizedTest
    @ValueSource(strings = {"optoprime", "agent-hpo"})
    void theRulesOfThumbAnswerTheOthersAndPerturbStandsInForThem(String method) throws IOException {
        run("study", "builtin", "--method", method);
        assertThat(origins("study").subList(1, 10)).containsOnly("builtin");
        assertThat(screen.out()).contains("fallbacks  none");

        run("control", "perturb", "--method", method);
        assertThat(origins("control").subList(1, 10)).containsOnly("perturb");
    }

    @Test
    void agentHpoKeepsItsLogInTheJournal() throws IOException {
        run("study", model(), "--method", "agent-hpo");

        List<JsonNode> trials = trials("study");
        assertThat(calls()).isEqualTo(asked("study")).isGreaterThanOrEqualTo(18);
        int analysed = 0;
        for (int i = 1; i < 10; i++) {
            JsonNode turn = trials.get(i).path("model");
            JsonNode analyst = turn.path("parts").get(0);
            assertThat(analyst.path("asked").asText()).isEqualTo("analyst");
            assertThat(analyst.path("questions").asInt()).isEqualTo(1);
            JsonNode remark = turn.path("remarks").path(0);
            if (analyst.path("invalid").asInt() == 1) {
                assertThat(turn.has("remarks")).isFalse();
                assertThat(turn.path("rejected").path(0).asText())
                        .isEqualTo("the analysis of trial " + (i - 1) + ": there is no text \"analysis\"");
            } else {
                analysed++;
                assertThat(remark.path("trial").asInt()).isEqualTo(i - 1);
                assertThat(Files.readString(longestPrompt("study")))
                        .contains("  Analysis: " + remark.path("text").asText());
            }
        }
        assertThat(analysed).as("some are of use and some are not").isBetween(1, 8);
        assertThat(origins("study")).contains("llm");
        assertThat(screen.run("show", "0", "--study", "study")).isZero();
        assertThat(screen.run("show", "9", "--study", "study")).isZero();
        assertThat(screen.out()).contains("  analyst: 1 question, ", "  proposer: ");
        JsonNode first = trials.get(1).path("model").path("remarks");
        String analysis = first.path(0).path("text").asText();
        assertThat(screen.run(
                        "why", Integer.toString(first.path(0).path("trial").asInt()), "--study", "study"))
                .isZero();
        assertThat(screen.out()).contains(analysis.isEmpty() ? "Trial" : "  analysis: " + analysis);
        assertThat(screen.run("trials", "--study", "study", "--json")).isZero();

        Files.delete(folder.resolve("model.sh"));
        run("replayed", "replay:" + folder.resolve("study"), "--method", "agent-hpo");
        assertThat(trials("replayed")).isEqualTo(trials("study"));
    }

    @ParameterizedTest
    @CsvSource({"agent-hpo, objective, config", "optoprime, reasoning, suggestion"})
    void whyAConfigIsProposedIsKeptWithItsTrialAlsoWhereOthersRun(String method, String kind, String field)
            throws IOException {
        Files.writeString(folder.resolve("model.sh"), """
                cat > /dev/null; echo call >> CALLS; n=$(wc -l < CALLS)
                echo "{\\"KIND\\": \\"I am $n.\\", \\"FIELD\\": {\\"X\\": 0.$((n + 10)), \\"Y\\": $n}}"
                """.replace(
                        "CALLS", folder.resolve("calls").toString())
                .replace("KIND", kind)
                .replace("FIELD", field));
        run("study", model(), "--method", method, "--workers", "2", "--deterministic", "--trials", "6");

        List<JsonNode> trials = trials("study");
        for (int i = 1; i < 6; i++) {
            JsonNode trial = trials.get(i);
            List<JsonNode> written = new ArrayList<>();
            trial.path("model").path("remarks").forEach(written::add);
            written.removeIf(remark -> !remark.path("kind").asText().equals(kind));
            String text = "I am " + trial.path("config").path("Y").asText() + ".";
            assertThat(written)
                    .as(trial.toString())
                    .singleElement()
                    .satisfies(
                            remark -> assertThat(remark.path("text").asText()).isEqualTo(text))
                    .satisfies(remark -> assertThat(remark.path("trial")).isEqualTo(trial.path("trial")));
            assertThat(screen.run("show", trial.path("trial").asText(), "--study", "study"))
                    .isZero();
            assertThat(screen.out()).contains("What the model wrote of it:\n  " + kind + ": " + text + "\n");
            assertThat(screen.run("why", trial.path("trial").asText(), "--study", "study"))
                    .isZero();
            assertThat(screen.out()).contains("  " + kind + ": " + text + "\n");
        }
        assertThat(screen.run("trials", "--study", "study", "--json")).isZero();
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
    @ValueSource(strings = {"llm", "llm-tpe", "optoprime", "agent-hpo"})
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
