package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.optimizers.study.Objective.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported, opened and continued by Optuna itself. */
@Tag("optuna")
class OptunaTest {

    private static final Path SCRIPT = Path.of("src/test/resources/optuna/go_on.py");
    private static final Path FRONT = Path.of("src/test/resources/optuna/go_on_front.py");

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {K}
            metric: { name: score, goal: maximize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              K: { type: int, low: 1, high: 64, default: 8 }
            method: random
            budget: { trials: 12 }
            seed: 5
            """;

    @TempDir
    Path folder;

    private JsonNode goOn(String journal) throws IOException, InterruptedException {
        return goOn(SCRIPT, journal);
    }

    private JsonNode goOn(Path script, String journal) throws IOException, InterruptedException {
        Path file = folder.resolve("optuna.jsonl");
        Files.writeString(file, journal);
        Path errors = folder.resolve("errors.txt");
        Process optuna = new ProcessBuilder("/usr/bin/python3", script.toString(), file.toString())
                .redirectError(errors.toFile())
                .start();
        byte[] output = optuna.getInputStream().readAllBytes();
        assertThat(optuna.waitFor()).as(Files.readString(errors)).isZero();
        return new ObjectMapper().readTree(output);
    }

    private JsonNode goOn(Goal goal) throws IOException, InterruptedException {
        OptunaStudy study = new OptunaStudy(folder.resolve("my study"));
        return goOn(String.join("\n", study.lines(goal)) + "\n");
    }

    @Test
    void everyKindOfParameterAndOutcomeArrives() throws IOException, InterruptedException {
        JsonNode seen = goOn(Goal.MINIMIZE);
        assertThat(seen.path("name").asText()).isEqualTo("my study");
        assertThat(seen.path("direction").asText()).isEqualTo("MINIMIZE");
        assertThat(seen.path("best_trial").asInt()).isEqualTo(3);
        assertThat(seen.path("best_value").asDouble()).isEqualTo(0.5);
        assertThat(seen.path("study_attrs").path("chiron:metric").asText()).isEqualTo("loss");
        JsonNode trials = seen.path("trials");
        assertThat(trials.findValuesAsText("number")).containsExactly("0", "1", "2", "3", "4");
        assertThat(trials.findValuesAsText("state"))
                .containsExactly("COMPLETE", "PRUNED", "FAIL", "COMPLETE", "COMPLETE");
        assertThat(trials.get(0).path("params").toString())
                .isEqualTo(
                        "{\"lr\":0.01,\"momentum\":1.0,\"depth\":4,\"width\":32,\"batch\":32,\"mode\":\"é \\\"q\\\"\"}");
        assertThat(trials.get(3).path("params").path("mode").toString()).isEqualTo("4");
        assertThat(trials.get(0).path("intermediate").toString()).isEqualTo("{\"10\":0.9,\"30\":0.7}");
        assertThat(trials.get(0).path("attrs").path("chiron:changes").asText()).startsWith("-lr = 1\n");
        assertThat(trials.get(2).path("attrs").path("chiron:reason").asText()).isEqualTo("out-of-memory");
        assertThat(trials.get(3).path("attrs").path("chiron:origin").asText()).isEqualTo("llm-repaired");
        assertThat(trials.get(0).path("seconds").asDouble()).isEqualTo(1.5);
        assertThat(trials.get(0).path("start").asText()).isEqualTo("2026-11-21T06:59:58.623000");
    }

    @Test
    void optunaSeesTheRangesAndGoesOnWithinThem() throws IOException, InterruptedException {
        JsonNode seen = goOn(Goal.MAXIMIZE);
        assertThat(seen.path("best_trial").asInt()).isZero();
        JsonNode distributions = seen.path("distributions");
        assertThat(distributions.path("lr").asText())
                .isEqualTo("FloatDistribution(high=0.1, log=True, low=1e-05, step=None)");
        assertThat(distributions.path("depth").asText())
                .isEqualTo("IntDistribution(high=10, log=False, low=1, step=3)");
        assertThat(distributions.path("width").asText())
                .isEqualTo("IntDistribution(high=512, log=True, low=16, step=1)");
        assertThat(distributions.path("batch").asText())
                .isEqualTo("CategoricalDistribution(choices=(8, 16, 32, 64, 128))");
        assertThat(seen.path("asked").findValuesAsText("number")).containsExactly("5", "6", "7");
        assertThat(seen.path("asked").findValuesAsText("depth")).isSubsetOf("1", "4", "7", "10");
        assertThat(seen.path("asked").findValuesAsText("batch")).isSubsetOf("8", "16", "32", "64", "128");
        assertThat(seen.path("after").asInt()).isEqualTo(8);
    }

    @Test
    void aStudyThatWasRunIsExportedByTheCommand() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), """
                if [ "$2" -gt 40 ]; then echo "MemoryError: too large" >&2; exit 1; fi
                awk -v x="$1" 'BEGIN { print "score: " 1 - (x - 0.3)^2 }'
                """);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run")).isZero();
        assertThat(screen.run("best", "--json")).isZero();
        double best = new ObjectMapper().readTree(screen.out()).path("value").asDouble();
        assertThat(screen.run("export", "--format", "optuna")).isZero();
        JsonNode seen = goOn(screen.out());
        assertThat(seen.path("name").asText()).isEqualTo("chiron-study");
        assertThat(seen.path("best_value").asDouble()).isEqualTo(best);
        List<String> states = seen.path("trials").findValuesAsText("state");
        assertThat(states).hasSize(12).contains("COMPLETE", "FAIL");
        assertThat(seen.path("after").asInt()).isEqualTo(15);
    }

    @Test
    void ofSeveralObjectivesOptunaSeesTheSameFrontAndGoesOn() throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replaceFirst(
                        "metric: .*\n",
                        "metric: [ { name: score, goal: maximize }, { name: ms } ]\nfeasible: [ ms <= 20 ]\n"));
        Files.writeString(folder.resolve("train.sh"), """
                if [ "$2" -gt 40 ]; then echo "MemoryError: too large" >&2; exit 1; fi
                awk -v x="$1" -v k="$2" 'BEGIN { print "ms: " k; print "score: " k / 10 - (x - 0.3)^2 }'
                """);
        Screen screen = new Screen(folder);
        assertThat(screen.run("run", "--trials", "20")).isZero();
        screen.run("status", "--json");
        JsonNode ours = new ObjectMapper().readTree(screen.out()).path("front");
        screen.run("export", "--format", "optuna");
        JsonNode seen = goOn(FRONT, screen.out());
        assertThat(seen.path("directions").toString()).isEqualTo("[\"MAXIMIZE\",\"MINIMIZE\"]");
        assertThat(seen.path("states").toString()).contains("COMPLETE", "FAIL").doesNotContain("PRUNED");
        List<String> values = new ArrayList<>();
        ours.forEach(trial -> values.add("[" + trial.path("values").path("score") + ","
                + trial.path("values").path("ms") + "]"));
        List<String> theirs = new ArrayList<>();
        seen.path("front").forEach(trial -> theirs.add(trial.toString()));
        assertThat(theirs).isNotEmpty().containsExactlyInAnyOrderElementsOf(values);
        assertThat(seen.path("constraints").toString()).contains("[0.0]", "[0.");
        assertThat(seen.path("after").asInt()).isEqualTo(23);
    }
}
