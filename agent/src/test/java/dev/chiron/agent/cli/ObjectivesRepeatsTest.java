package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A study of several objectives whose values vary from run to run, and whose front is run again. */
class ObjectivesRepeatsTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {K} JOURNAL
            metric: [ { name: loss }, { name: ms } ]
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              K: { type: int, low: 1, high: 64, default: 20 }
            budget: { trials: 24 }
            repeats: 2
            seed: 4
            sandbox: { read: [STUDY] }
            """;

    /** Both values differ from run to run, as the journal's length has it. */
    private static final String SCRIPT = """
            n=$(wc -l < "$3")
            awk -v x="$1" -v k="$2" -v n="$n" \
                'BEGIN { print "ms: " k + (n * 7 % 5) / 10; print "loss: " (x - 0.3)^2 + 1 / k + (n * 3 % 7) / 100 }'
            """;

    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        screen = new Screen(folder);
    }

    private void run(String study, String... more) throws IOException {
        Files.createDirectories(folder.resolve(study));
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace(
                                "JOURNAL",
                                folder.resolve(study).resolve("journal.jsonl").toString())
                        .replace("STUDY", study));
        List<String> line = new ArrayList<>(List.of("run", "--quiet", "--study", study));
        line.addAll(List.of(more));
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private List<JsonNode> lines() {
        return screen.out()
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private List<JsonNode> trials(String study) {
        screen.run("trials", "--json", "--study", study);
        return lines();
    }

    private JsonNode status(String study) {
        screen.run("status", "--json", "--study", study);
        return lines().get(0);
    }

    @ParameterizedTest
    @CsvSource({"nsga2, none", "tpe, none", "mo-cma-es, none", "sobol, none", "centaur, builtin"})
    void theFrontIsOfTheMeansOfThoseWithAllTheirRuns(String method, String llm) throws IOException {
        run("study", "--method", method, "--llm", llm);

        List<JsonNode> trials = trials("study");
        JsonNode status = status("study");
        assertThat(status.path("front")).isNotEmpty();
        for (JsonNode one : status.path("front")) {
            List<JsonNode> runs = trials.stream()
                    .filter(trial -> trial.path("config").equals(one.path("config")))
                    .toList();
            assertThat(runs).hasSize(3);
            assertThat(one.path("runs").asInt()).isEqualTo(3);
            for (String metric : List.of("loss", "ms")) {
                assertThat(one.path("values").path(metric).asDouble())
                        .isCloseTo(
                                runs.stream()
                                        .mapToDouble(trial -> trial.path("values")
                                                .path(metric)
                                                .asDouble())
                                        .average()
                                        .orElseThrow(),
                                within(1e-9));
            }
            assertThat(one.path("value")).isEqualTo(one.path("values").path("loss"));
        }
        JsonNode noise = status.path("noise");
        assertThat(noise.path("sds").path("loss")).isEqualTo(noise.path("sd"));
        assertThat(noise.path("sds").path("ms").asDouble()).isBetween(0.05, 0.3);
        assertThat(status.path("by_origin").path("repeat").asInt())
                .isEqualTo(noise.path("repeats").asInt())
                .isGreaterThan(1);
        assertThat(status.path("hypervolume").path("history")).hasSize(24);
    }

    @ParameterizedTest
    @CsvSource({"nsga2, none", "mo-cma-es, none", "tpe, none", "centaur, builtin"})
    void itGoesOnAsIfItHadNeverStopped(String method, String llm) throws IOException {
        Files.writeString(
                folder.resolve("train.sh"),
                // values that depend on the config alone and are noisy all the same: the same config gives the same
                "awk -v x=\"$1\" -v k=\"$2\" 'BEGIN { print \"ms: \" k; print \"loss: \" (x - 0.3)^2 + 1 / k }'\n");
        run("whole", "--method", method, "--llm", llm, "--trials", "20");
        run("parts", "--method", method, "--llm", llm, "--trials", "5");
        run("parts", "--method", method, "--llm", llm, "--trials", "13");
        Files.delete(folder.resolve("parts/state.json")); // it is but a short cut
        run("parts", "--method", method, "--llm", llm, "--trials", "20");

        assertThat(configs("parts")).isEqualTo(configs("whole")).contains("repeat");
    }

    private String configs(String study) {
        return trials(study).stream()
                .map(trial -> trial.path("origin").asText() + trial.path("config") + trial.path("front"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void allThatShowsTheFrontSaysOfHowManyRunsItIs() throws IOException {
        run("study", "--method", "sobol");
        JsonNode status = status("study");
        String first = status.path("front").get(0).path("trial").asText();

        screen.run("status", "--study", "study");
        assertThat(screen.out())
                .contains(", by the means of all runs.")
                .containsPattern("trial +loss +ms +runs +by")
                .containsPattern("noise +loss sd 0\\.0\\d+, ms sd 0\\.\\d+, from \\d+ repeats");
        screen.run("best", "--study", "study");
        assertThat(screen.err()).contains("measured again, values vary: loss sd 0.0");
        screen.run("trials", "--study", "study");
        assertThat(screen.out()).containsPattern("repeat .* of trial \\d+, \\* on the front");
        screen.run("show", first, "--study", "study");
        assertThat(screen.out()).containsPattern("its config has .* / .* \\(mean of 3 runs\\)");
        screen.run("why", first, "--study", "study");
        assertThat(screen.out()).contains(" (mean of 3 runs).").contains("It is on the front");
        int again = trials("study").stream()
                .filter(trial -> trial.path("origin").asText().equals("repeat"))
                .findFirst()
                .orElseThrow()
                .path("trial")
                .asInt();
        screen.run("why", Integer.toString(again), "--study", "study");
        assertThat(screen.out()).contains("a deliberate repeat of trial").doesNotContain("Not on the front");
        screen.run("report", "--study", "study", "--format", "md", "--out", "report.md");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("once it was run again 2 times and no other mean beat its own")
                .contains("| mean of |")
                .doesNotContain("One run each");
    }

    @Test
    void whatIsNotYetBelievedIsSaid() throws IOException {
        run("study", "--method", "sobol", "--trials", "3");
        screen.run("status", "--study", "study");
        assertThat(screen.out()).contains(" was not yet run again often enough to be believed.");
    }

    @Test
    void aModelReadsMeansAndTheNoise() throws IOException {
        run("study", "--method", "centaur", "--llm", "builtin", "--set", "llm.warmup=2");
        String prompts;
        try (var files = Files.walk(folder.resolve("study/llm"))) {
            prompts = files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.joining("\n"));
        }
        assertThat(prompts)
                .contains(" (mean of 3)")
                .contains("Measured again, a config's values vary by sd 0.0")
                .contains(": smaller differences mean little.");
    }
}
