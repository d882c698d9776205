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
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies whose trials save, and go on from what others saved. */
class CheckpointCommandTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X} {EPOCHS}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: int, low: 100, high: 999, default: 500 }
            fidelity: { name: EPOCHS, min: 1, max: 9 }
            checkpoints: { keep: 100m }
            method: hyperband
            budget: { trials: 30 }
            sandbox: { level: off }
            seed: 3
            """;

    /** Says how many epochs it really trained, and holds what it goes on from against its own values. */
    private static final String SCRIPT = """
            from=0
            if [ -n "$CHIRON_LOAD" ]; then
              from=$(cat "$CHIRON_LOAD/epoch"); [ "$(cat "$CHIRON_LOAD/x")" = "$1" ] || exit 7
            fi
            echo $2 > "$CHIRON_SAVE/epoch"; echo $1 > "$CHIRON_SAVE/x"; head -c 20000 /dev/zero > "$CHIRON_SAVE/weights"
            echo "trained: $(($2 - from))"
            echo loss: $(( 10000 / $2 + $1 ))
            """;

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

    private List<JsonNode> trials(String study) throws IOException {
        return Journals.trials(folder.resolve(study));
    }

    private static int epochs(JsonNode trial) {
        return trial.path("fidelity").path("amount").asInt(9);
    }

    private int trained(String study, JsonNode trial) throws IOException {
        String name = String.format(Locale.ROOT, "%04d", trial.path("trial").asInt());
        String tail = Files.readString(
                folder.resolve(study).resolve("trials").resolve(name).resolve("tail.log"));
        return tail.lines()
                .filter(line -> line.startsWith("trained: "))
                .mapToInt(line -> Integer.parseInt(line.substring(9)))
                .sum();
    }

    private List<String> kept(String study) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(study).resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private double trainings(String study) throws IOException {
        assertThat(screen.run("status", "--study", study, "--json")).isZero();
        return json.readTree(screen.out()).path("trainings").asDouble();
    }

    @ParameterizedTest
    @CsvSource({"hyperband, 1", "iterative-deepening-hyperband, 1", "bohb, 1", "asha, 1", "asha, 3", "hyperband, 3"})
    void whoIsPromotedTrainsTheDifferenceAlone(String method, String workers) throws IOException {
        run("study", "--method", method, "--workers", workers);
        int all = 0;
        for (JsonNode trial : trials("study")) {
            boolean promoted = trial.path("origin").asText().equals("promoted");
            assertThat(trial.path("begin").has("trials")).isEqualTo(promoted);
            int before = promoted
                    ? epochs(trials("study")
                            .get(trial.path("begin").path("trials").path(0).asInt()))
                    : 0;
            assertThat(trained("study", trial)).isEqualTo(epochs(trial) - before);
            all += epochs(trial) - before;
        }
        assertThat(trials("study"))
                .anyMatch(trial -> trial.path("origin").asText().equals("promoted"));
        assertThat(trainings("study")).isCloseTo(all / 9.0, within(1e-9));
        assertThat(screen.run("trials", "--study", "study", "--json")).isZero(); // held against the schema
        assertThat(screen.run("export", "--study", "study")).isZero();
        assertThat(screen.out().lines().findFirst().orElseThrow()).endsWith("fidelity,share,continues,cost");
    }

    /** What stays are the best's, and those of configs that may still be trained longer. */
    @Test
    void whatIsOfNoMoreUseGoes() throws IOException {
        run("study", "--method", "asha");
        TreeSet<String> longer = new TreeSet<>();
        for (JsonNode trial : trials("study")) {
            trial.path("begin")
                    .path("trials")
                    .forEach(from -> longer.add(String.format(Locale.ROOT, "%04d", from.asInt())));
        }
        assertThat(longer).isNotEmpty();
        assertThat(kept("study")).doesNotContainAnyElementsOf(longer);
        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        assertThat(kept("study"))
                .contains(String.format(
                        "%04d", json.readTree(screen.out()).path("trial").asInt()));
    }

    /** There is room for two: the others begin from the start, and cost the whole. */
    @Test
    void whereACheckpointWasPrunedItBeginsFromTheStart() throws IOException {
        run("study", "--set", "checkpoints.keep=70k", "--method", "hyperband");
        assertThat(kept("study")).hasSizeLessThanOrEqualTo(2);
        double wholes = 0;
        int anew = 0;
        for (JsonNode trial : trials("study")) {
            int before = trial.path("begin").path("share").isMissingNode()
                    ? 0
                    : (int) Math.round(9 * trial.path("begin").path("share").asDouble());
            anew += trial.path("origin").asText().equals("promoted") && before == 0 ? 1 : 0;
            assertThat(trained("study", trial)).isEqualTo(epochs(trial) - before);
            wholes += (epochs(trial) - before) / 9.0;
        }
        assertThat(anew).isPositive();
        assertThat(trials("study")).anyMatch(trial -> trial.path("begin").has("trials"));
        assertThat(trainings("study")).isCloseTo(wholes, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100m", "70k"})
    void stoppedAndGoneOnItIsTheSameStudy(String keep) throws IOException {
        String room = "checkpoints.keep=" + keep;
        run("whole", "--set", room);
        for (String stop : List.of("5", "14", "22")) {
            run("stopped" + stop, "--set", room, "--trials", stop);
            run("stopped" + stop, "--set", room, "--trials", "30");
            assertThat(trials("stopped" + stop)).isEqualTo(trials("whole"));
            assertThat(kept("stopped" + stop)).isEqualTo(kept("whole"));
        }
        run("side", "--set", room, "--workers", "3", "--deterministic");
        run("other", "--set", room, "--workers", "3", "--deterministic", "--trials", "11");
        run("other", "--set", room, "--workers", "3", "--deterministic", "--trials", "30");
        assertThat(trials("other")).isEqualTo(trials("side"));
    }

    /** {@code kill -9} at the moment when a trial has ended, and its checkpoint is taken over or about to be. */
    @Test
    void killedItGoesOnAsIfItHadNot() throws IOException, InterruptedException {
        run("whole", "--trials", "16");
        for (int line : List.of(2, 4, 3, 3)) {
            try (Started process = Started.in(folder, "run", "--json", "--study", "killed", "--trials", "16")) {
                for (int i = 0; i < line; i++) {
                    process.until("\"event\":\"trial\"");
                }
                process.signal("KILL");
                assertThat(process.exitCode()).isNotZero();
            }
        }
        run("killed", "--trials", "16");
        assertThat(trials("killed")).isEqualTo(trials("whole"));
        assertThat(kept("killed")).isEqualTo(kept("whole"));
    }

    /** {@code kill -9} while a checkpoint that there was no room for was being removed: its trial is never run again. */
    @Test
    void whatAKilledProcessHasRemovedInPartGoes() throws IOException {
        run("study", "--trials", "16");
        List<String> kept = kept("study");
        Path part = Files.createDirectories(folder.resolve("study/checkpoints/.part-0001"));
        Files.writeString(part.resolve("weights"), "half");
        run("study", "--trials", "16");
        assertThat(kept("study")).isEqualTo(kept);
    }

    /** A repeat tells how a value varies: it is a whole training again. */
    @Test
    void repeatsBeginFromTheStart() throws IOException {
        run("study", "--method", "asha", "--repeats", "2");
        assertThat(trials("study"))
                .anyMatch(trial -> trial.path("origin").asText().equals("repeat"));
        for (JsonNode trial : trials("study")) {
            if (trial.path("origin").asText().equals("repeat")) {
                assertThat(trial.has("begin")).isFalse();
                assertThat(trained("study", trial)).isEqualTo(9);
            }
        }
    }

    @Test
    void withAnyMethodTheBestIsKept() throws IOException {
        run("study", "--method", "random", "--set", "checkpoints.keep=70k", "--trials", "8");
        assertThat(screen.run("best", "--study", "study", "--json")).isZero();
        int best = json.readTree(screen.out()).path("trial").asInt();
        assertThat(kept("study")).hasSize(2).contains(String.format(Locale.ROOT, "%04d", best));
        assertThat(screen.run("show", Integer.toString(best), "--study", "study"))
                .isZero();
        assertThat(screen.out())
                .contains("Its checkpoint: study/checkpoints/" + String.format(Locale.ROOT, "%04d", best));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        assertThat(screen.run("run", "--quiet", "--set", "checkpoints.keep=much"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--set checkpoints.keep");
        run("study", "--trials", "3");
        assertThat(screen.run("run", "--quiet", "--study", "study", "--set", "checkpoints.keep=none"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("checkpoints (was kept, is none)");
        run("study", "--trials", "4", "--set", "checkpoints.keep=1m");
        Files.writeString(folder.resolve("train.sh"), "echo loss: 1\n");
        run("none", "--trials", "2");
        assertThat(screen.err()).contains("saved nothing in the folder that CHIRON_SAVE names");
    }
}
