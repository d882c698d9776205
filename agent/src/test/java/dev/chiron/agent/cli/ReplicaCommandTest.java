package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Whole studies of replicas that differ in one parameter. */
class ReplicaCommandTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              RATE: { type: float, low: 0.001, high: 1.0, log: true, default: 0.1 }
              KIND: { type: choice, options: [plain, heavy], default: plain }
            fidelity: { name: STEPS, min: 5, max: 20 }
            checkpoints: { keep: 100m }
            method: hdet
            hdet: { replicas: 3, spread: 0.5 }
            sandbox: { level: off }
            """;

    private static final String SCRIPT = """
            import json, os
            RATE = 0.1
            KIND = "plain"
            STEPS = 20
            step, left = 0, 1.0
            load, save = os.environ.get("CHIRON_LOAD"), os.environ.get("CHIRON_SAVE")
            if load:
                step, left = json.load(open(os.path.join(load, "state.json")))
            print("begins:", left)
            while step < STEPS:
                left = left * (1 - RATE)
                step += 1
            json.dump([step, left], open(os.path.join(save, "state.json"), "w"))
            print("loss:", left)
            """;

    private static final String MERGE = """
            import json, os
            weights = [float(w) for w in os.environ["CHIRON_WEIGHTS"].split(os.pathsep)]
            states = [json.load(open(os.path.join(f, "state.json"))) for f in os.environ["CHIRON_LOAD"].split(os.pathsep)]
            assert len(set(step for step, left in states)) == 1 and abs(sum(weights) - 1) < 1e-9
            merged = [states[0][0], sum(w * left for w, (step, left) in zip(weights, states))]
            json.dump(merged, open(os.path.join(os.environ["CHIRON_SAVE"], "state.json"), "w"))
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
        Files.writeString(folder.resolve("merge.py"), MERGE);
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

    private static double rate(JsonNode trial) {
        return trial.path("config").path("RATE").asDouble();
    }

    /** The highest rate is the best here: it goes on, and the base rises. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "2, true"})
    void theBestGoesOnAndTheBaseFollows(String workers, String deterministic) throws IOException {
        run("study", "--workers", workers, "--set", "deterministic=" + deterministic);
        List<JsonNode> trials = trials("study");
        assertThat(trials).hasSize(1 + 4 * 3);
        double before = 0;
        for (int round = 0; round < 4; round++) {
            List<JsonNode> replicas = trials.subList(1 + 3 * round, 4 + 3 * round);
            double base = rate(replicas.get(1));
            assertThat(rate(replicas.get(0))).isCloseTo(0.5 * base, within(1e-9));
            assertThat(rate(replicas.get(2))).isCloseTo(1.5 * base, within(1e-9));
            assertThat(base).isGreaterThan(before);
            before = base;
            for (int place = 0; place < 3; place++) {
                JsonNode trial = replicas.get(place);
                assertThat(trial.path("origin").asText()).isEqualTo("replica");
                assertThat(trial.path("config").path("KIND").asText()).isEqualTo("plain");
                assertThat(trial.path("begin").path("member").asInt()).isEqualTo(place);
                if (round > 0) { // from the best of the round before, which is its last
                    assertThat(trial.path("begin").path("trials")).hasSize(1);
                    assertThat(trial.path("begin").path("trials").path(0).asInt())
                            .isEqualTo(3 * round);
                }
            }
        }
        assertThat(rate(trials.get(2))).isEqualTo(0.1);
        assertThat(screen.run("export", "--schedule", "--study", "study")).isZero();
        assertThat(screen.out().lines()).hasSize(5);
    }

    /** Each begins with what the command made of all, weighted by their losses. */
    @Test
    void theReplicasAreMadeOne() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"), TASK.replace("spread: 0.5", "spread: 0.5, merge: python3 merge.py"));
        run("study", "--workers", "2");
        List<JsonNode> trials = trials("study");
        assertThat(trials).hasSize(13);
        for (int number = 4; number < 13; number++) {
            JsonNode begin = trials.get(number).path("begin");
            assertThat(begin.path("trials")).hasSize(3);
            double expected = 0;
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                int source = begin.path("trials").path(i).asInt();
                assertThat((source - 1) / 3).isEqualTo((number - 1) / 3 - 1);
                expected += begin.path("weights").path(i).asDouble()
                        * trials.get(source).path("value").asDouble();
                sum += begin.path("weights").path(i).asDouble();
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(trials.get(number).path("metrics").path("begins").asDouble())
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void stoppedAndGoneOnItIsTheSameStudy() throws IOException {
        run("whole");
        for (String stop : List.of("3", "6")) {
            run("stopped" + stop, "--trials", stop);
            run("stopped" + stop, "--trials", "100");
            assertThat(trials("stopped" + stop)).isEqualTo(trials("whole"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 3 | parameter: KIND | `KIND` is no real number above 0 that is tuned, in which replicas could differ: one of RATE",
                "RATE: { type: float, | RATE: { type: int, low: 1, high: 2, default: 1 } #{ | the space has none",
                "replicas: 3 | merge: \"sh \\\"open\" | hdet.merge: a \" is not closed in the command: sh \"open",
                "low: 0.001, high: 1.0, log: true | low: 0, high: 1.0 | hdet.parameter says which real number above 0 the replicas differ in: the space has none",
                "spread: 0.5 | spread: 1.5 | above 0 and below 1",
                "replicas: 3 | replicas: 1 | does not lie in [2,",
                "checkpoints: { keep: 100m } |  | the method hdet goes on from what trials save",
            })
    void whatIsWrongIsSaid(String written, String instead, String message) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace(written, instead == null ? "" : instead));
        assertThat(screen.run("run", "--quiet")).isEqualTo(2);
        assertThat(screen.err()).contains(message);
    }

    /** A base is multiplied, and 0 times anything stays 0. */
    @Test
    void aRangeFrom0IsRefused() throws IOException {
        Files.writeString(
                folder.resolve("chiron.yaml"),
                TASK.replace("low: 0.001, high: 1.0, log: true", "low: 0, high: 1.0")
                        .replace("replicas: 3", "parameter: RATE"));
        assertThat(screen.run("run", "--quiet")).isEqualTo(2);
        assertThat(screen.err()).contains("`RATE`", "give it a low above 0 in space");
    }
}
