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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of edits that is stopped goes on as one that was not, with code alone and with numbers beside it. */
@Tag("python")
class CodeResumeTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            evaluate: python3 score.py {artifacts}
            readonly: [score.py]
            space:
              X: { type: float, low: 0.0, high: 1.0 }
              Y: { type: float, low: 0.001, high: 10, log: true }
            llm: { share: 0.4, warmup: 3 }
            seed: 5
            """;

    private static final String SCRIPT = """
            import os
            X = 0.9
            Y = 1.0

            def value():
                return (X - 0.3) ** 2 + (Y - 0.1) ** 2

            with open(os.environ["CHIRON_ARTIFACTS"] + "/value", "w") as file:
                file.write(repr(value()))
            """;

    private static final String SCORE = """
            import sys
            print("loss:", float(open(sys.argv[1] + "/value").read()))
            """;

    /** Offers edits in order, each once, as far as the prompt does not tell of them; the third cannot be applied. */
    private static final String MODEL = """
            import sys
            prompt = sys.stdin.read()
            line = "    return (X - 0.3) ** 2 + (Y - 0.1) ** 2"
            ideas = [("Add a number", "Y = 1.0", None), ("Half of it", line, line + "\\n" + line.replace("return ", "return 0.5 * ")),
                     ("Nowhere", "no such line", "x"), ("A tenth", "def value():", "def value():\\n    if X >= 0: return 0.1 * (X - 0.3) ** 2 + Z * (Y - 0.1) ** 2")]
            for idea, search, replace in ideas:
                if idea not in prompt:
                    if idea == "Add a number":
                        y = [text for text in prompt.splitlines() if text.startswith("Y = ")][0]
                        search, replace = y, y + "\\nZ = 0.5"
                    print("IDEA: %s\\n<<<<<<< SEARCH\\n%s\\n=======\\n%s\\n>>>>>>> REPLACE" % (idea, search, replace))
                    break
            else:
                print("IDEA: none")
            """;

    @TempDir
    Path folder;

    private Screen screen;

    private List<JsonNode> study(String method, String name, int ablation, int... stops) throws IOException {
        Path project = Files.createDirectory(folder.resolve(name));
        Files.writeString(project.resolve("chiron.yaml"), TASK);
        Files.writeString(project.resolve("train.py"), SCRIPT);
        Files.writeString(project.resolve("score.py"), SCORE);
        Path model = folder.resolve("model.py");
        Files.writeString(model, MODEL);
        screen = new Screen(project);
        for (int stop : stops) {
            int exit = screen.run(
                    "run",
                    "--quiet",
                    "--method",
                    method,
                    "--trials",
                    "" + stop,
                    "--llm",
                    "command:python3 " + model,
                    "--set",
                    "edits.ablation=" + ablation);
            assertThat(exit).as(screen.err()).isZero();
        }
        List<JsonNode> trials = new ArrayList<>();
        for (String line : Files.readAllLines(project.resolve("chiron-study/journal.jsonl"))) {
            ObjectNode node = (ObjectNode) new ObjectMapper().readTree(line);
            if (node.path("type").asText().equals("trial")) {
                node.remove(List.of("at", "seconds", "previous", "hash", "prev"));
                if (node.path("model") instanceof ObjectNode turn) {
                    turn.remove("seconds");
                }
                trials.add(node);
            }
        }
        return trials;
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "centaur-code"})
    void aStoppedStudyEqualsOneThatWasNot(String method) throws IOException {
        List<JsonNode> whole = study(method, "whole", 0, 18);
        List<JsonNode> stopped = study(method, "stopped", 0, 2, 5, 9, 18);
        assertThat(stopped).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(stopped.get(i).path("origin"))
                    .as("trial " + i)
                    .isEqualTo(whole.get(i).path("origin"));
            assertThat(stopped.get(i).path("config"))
                    .as("trial " + i)
                    .isEqualTo(whole.get(i).path("config"));
            assertThat(stopped.get(i).path("script"))
                    .as("trial " + i)
                    .isEqualTo(whole.get(i).path("script"));
            assertThat(stopped.get(i).path("value"))
                    .as("trial " + i)
                    .isEqualTo(whole.get(i).path("value"));
        }
        assertThat(whole).anyMatch(trial -> trial.has("script"));
    }

    @org.junit.jupiter.api.Test
    void numbersOfAnEditedScriptAreTunedTheNewOnesToo() throws IOException {
        List<JsonNode> trials = study("centaur-code", "tuned", 2, 30);
        assertThat(trials)
                .anyMatch(trial -> trial.path("origin").asText().equals("cma-es")
                        && trial.path("config").has("Z")
                        && trial.path("config").path("Z").asDouble() != 0.5);
        assertThat(trials).anyMatch(trial -> trial.path("origin").asText().equals("ablation"));
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).contains("Edits of the script");
    }
}
