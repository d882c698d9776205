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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose runs are stopped early: real scripts, whose losses fall to what X says as the epochs go. */
@Timeout(120)
class PruneTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0.0, high: 1.0, default: 0.5 } }
            method: random
            seed: 5
            budget: { trials: 24 }
            """;
    private static final String SCRIPT = """
            awk -v x="$1" 'BEGIN { for (e = 1; e <= 9; e++) print "epoch " e " loss: " (SIGN * (x + 1 / e)) }'
            """;

    @TempDir
    Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        screen = project("here", "1", "");
    }

    private Screen project(String name, String sign, String more) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        Files.writeString(place.resolve("chiron.yaml"), TASK + more);
        Files.writeString(place.resolve("train.sh"), SCRIPT.replace("SIGN", sign));
        return new Screen(place);
    }

    /** What is the same whenever a study is run: its trials without their times. */
    private List<ObjectNode> trials(Screen of) throws IOException {
        assertThat(of.run("trials", "--json")).isZero();
        List<ObjectNode> trials = new ArrayList<>();
        for (String line : of.out().lines().toList()) {
            ObjectNode trial = (ObjectNode) json.readTree(line);
            trial.remove(List.of("seconds"));
            trials.add(trial);
        }
        return trials;
    }

    private static Stream<ObjectNode> pruned(List<ObjectNode> trials) {
        return trials.stream().filter(trial -> trial.path("status").asText().equals("pruned"));
    }

    @Test
    void runsThatPromiseNothingAreStoppedAndCountedOnTheirOwn() throws IOException {
        assertThat(screen.run("run", "--json", "--prune", "median", "--set", "prune.startup=3"))
                .isZero();
        JsonNode end = json.readTree(screen.out().lines().reduce((a, b) -> b).orElseThrow());
        List<ObjectNode> trials = trials(screen);
        List<ObjectNode> pruned = pruned(trials).toList();
        assertThat(pruned).hasSizeBetween(5, 20);
        assertThat(end.path("pruned").asInt()).isEqualTo(pruned.size());
        assertThat(end.path("by_reason")).isEmpty();
        assertThat(pruned).allSatisfy(trial -> {
            assertThat(trial.path("trial").asInt()).isGreaterThan(2);
            assertThat(trial.path("pruned_by").asText()).isEqualTo("median");
            assertThat(trial.path("step").asInt()).isBetween(1, 8);
            assertThat(trial.path("detail").asText())
                    .matches("[0-9.]+ is worse than [0-9.]+, the median of \\d+ runs there");
        });
        // the best is the best measured one, whatever a pruned one showed last
        double best = trials.stream()
                .filter(trial -> trial.path("status").asText().equals("measured"))
                .mapToDouble(trial -> trial.path("value").asDouble())
                .min()
                .orElseThrow();
        assertThat(end.path("best").path("value").asDouble()).isEqualTo(best);
    }

    @Test
    void peopleSeeWhoStoppedATrialWhereAndWhy() throws IOException {
        assertThat(screen.run("run", "--prune", "median", "--set", "prune.startup=3"))
                .isZero();
        assertThat(screen.out()).containsPattern("stopped early +\\d+, at step");
        ObjectNode first = pruned(trials(screen)).findFirst().orElseThrow();
        String number = first.path("trial").asText();
        String step = first.path("step").asText().replace(".0", "");
        assertThat(screen.run("trials")).isZero();
        assertThat(screen.out()).contains("stopped at step " + step + " by median");
        assertThat(screen.run("show", number)).isZero();
        assertThat(screen.out())
                .contains("stopped at step " + step + " by median: "
                        + first.path("detail").asText());
        assertThat(screen.run("why", number)).isZero();
        assertThat(screen.out())
                .contains("It was stopped at step " + step + " by median, so it could not be kept: "
                        + first.path("detail").asText() + ".");
        assertThat(screen.run("status")).isZero();
        assertThat(screen.out()).containsPattern("stopped early +\\d+, at step");
    }

    @Test
    void whereHighValuesAreGoodTheSameRunsAreStopped() throws IOException {
        for (String prune : List.of("{ by: median, startup: 3 }", "{ by: asha, reduction: 2, grace: 2 }")) {
            Screen low = project("low" + prune.length(), "1", "prune: " + prune + "\n");
            Screen high = project("high" + prune.length(), "-1", "prune: " + prune + "\n");
            assertThat(low.run("run", "--quiet")).isZero();
            assertThat(high.run("run", "--quiet", "--set", "metric.goal=maximize"))
                    .isZero();
            List<Integer> steps = trials(low).stream()
                    .map(trial -> trial.path("step").asInt())
                    .toList();
            assertThat(trials(high))
                    .extracting(trial -> trial.path("step").asInt())
                    .isEqualTo(steps);
            assertThat(steps).filteredOn(step -> step > 0).hasSizeBetween(5, 20);
            assertThat(pruned(trials(high))
                            .findFirst()
                            .orElseThrow()
                            .path("detail")
                            .asText())
                    .startsWith("-")
                    .contains(" is worse than -");
        }
    }

    /** The curves that a rule needs are there again after a restart, also without the state of the optimizer. */
    @Test
    void aStudyThatWasInterruptedStopsTheSameRuns() throws IOException {
        for (String rule : List.of("median", "asha", "hyperband", "patient")) {
            String prune = "prune: " + rule + "\n";
            Screen whole = project("whole-" + rule, "1", prune);
            Screen parts = project("parts-" + rule, "1", prune);
            assertThat(whole.run("run", "--quiet", "--method", "tpe")).isZero();
            for (String trials : List.of("9", "17", "24")) {
                Files.deleteIfExists(folder.resolve("parts-" + rule + "/chiron-study/state.json"));
                assertThat(parts.run("run", "--quiet", "--method", "tpe", "--trials", trials))
                        .isZero();
            }
            assertThat(trials(parts)).as(rule).isEqualTo(trials(whole));
        }
    }

    @Test
    void aStudyHasOneRule() {
        assertThat(screen.run("run", "--quiet", "--prune", "median", "--trials", "3"))
                .isZero();
        assertThat(screen.run("run", "--quiet", "--trials", "4")).isZero();
        assertThat(screen.run("run", "--quiet", "--prune", "asha", "--trials", "4"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("prune");
    }

    /** What is run again is run for its value, and a person who wants a config tried wants one, too. */
    @Test
    void onlyWhatWasProposedOnATurnIsStopped() throws IOException {
        Screen repeating = project("repeats", "1", "prune: { by: threshold, high: 0.2 }\nrepeats: 2\n");
        assertThat(repeating.run("run", "--quiet", "--trials", "12")).isZero();
        List<ObjectNode> trials = trials(repeating);
        assertThat(trials.get(0).path("status").asText()).isEqualTo("measured");
        assertThat(trials.stream().skip(1))
                .allMatch(trial -> trial.path("status").asText().equals("pruned"));
    }

    /** Nothing is saved by stopping a run at its end, and its value would be lost. */
    @Test
    void aRunThatHasComeToTheEndIsNotStopped() throws IOException {
        Screen strict = project("strict", "1", "prune: { by: threshold, high: 0.2, warmup: 9 }\n");
        assertThat(strict.run("run", "--quiet", "--trials", "6")).isZero();
        assertThat(trials(strict))
                .allMatch(trial -> trial.path("status").asText().equals("measured"));
    }

    @Test
    void aScriptThatReportsNothingOnTheWayIsNamed() throws IOException {
        Files.writeString(folder.resolve("here/train.sh"), "echo loss: $1\n");
        assertThat(screen.run("run", "--prune", "median", "--trials", "3")).isZero();
        assertThat(screen.err())
                .contains(
                        "the baseline reported one value of loss, so no run can be stopped early: have the script print "
                                + "loss on the way, such as \"epoch 3 loss: 0.5\"");
    }

    @Test
    void theRuleAndItsSettingsStandInTheConfig() {
        assertThat(screen.run("config", "--set", "prune.by=asha", "--set", "prune.reduction=3"))
                .isZero();
        assertThat(screen.out())
                .containsPattern("prune.by +asha +--set prune.by")
                .containsPattern("prune.reduction +3 +--set prune.reduction");
    }
}
