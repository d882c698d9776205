package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in Optuna's place. */
class OptunaPeerTest {

    @TempDir
    Path folder;

    private final EvalTask branin = new SyntheticSuite().find("branin").orElseThrow();
    private final List<Run> runs = new ArrayList<>();

    private void run(String script) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("peer.sh"), script);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("OPENAI_API_KEY", "secret");
        new OptunaPeer(
                        "sh",
                        file.toString(),
                        List.of("./chiron", "evals", "objective"),
                        List.of("--yahpo", "there"),
                        environment)
                .run(branin, "tpe", new Seeds(4, 2), 30, runs::add);
    }

    private static final String LINE =
            "{\"sampler\":\"tpe\",\"seed\":4,\"values\":[1.5,null],\"ask_tell_seconds\":0.5}";

    @Test
    void givesEachRunOfTheProgram() throws Exception {
        run("echo '" + LINE + "'; echo '" + LINE + "'");

        assertThat(runs).hasSize(2);
        assertThat(runs.get(0).method()).isEqualTo("optuna:tpe");
        assertThat(runs.get(0).task()).isEqualTo("branin");
    }

    @Test
    void namesTheSamplerTheSeedsAndTheObjective() throws Exception {
        run("echo \"$@\" > " + folder.resolve("arguments"));

        assertThat(Files.readString(folder.resolve("arguments")).strip())
                .isEqualTo("--sampler tpe --trials 30 --seeds 2 --first-seed 4 -- "
                        + "./chiron evals objective branin --yahpo there");
    }

    /** In the interpreter's place one that says what it was told to run. */
    @Test
    void putsTheFirstConfigsOfATaskBeforeOptunasOwn() throws Exception {
        Path python =
                Files.writeString(folder.resolve("python"), "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + folder + "/told\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();

        new OptunaPeer(python.toString(), "peer.py", List.of("objective"), List.of(), Map.of())
                .run(new Given(), "tpe", new Seeds(0, 1), 30, runs::add);

        assertThat(Files.readAllLines(folder.resolve("told")))
                .startsWith("-c")
                .anyMatch(line -> line.contains("enqueue_trial"))
                .containsSubsequence("peer.py", "--sampler", "tpe")
                .endsWith("--", "objective", "given");
    }

    /** Begins with 0.25 on the seeds 0 and 1. */
    private record Given() implements EvalTask {
        @Override
        public String name() {
            return "given";
        }

        @Override
        public Objective objective() {
            return new Objective("x", Objective.Goal.MINIMIZE);
        }

        @Override
        public SearchSpace space() {
            return new SearchSpace(List.of(new Parameter.Real("x", 0, 1, false)), List.of());
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.empty();
        }

        @Override
        public List<Config> initial(long seed) {
            return List.of(space().decode(new double[] {0.25}));
        }

        @Override
        public int seedsWithOwnInitial() {
            return 2;
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(config.get("x").asNumber().orElseThrow());
        }
    }

    @Test
    void handsNoKeyOn() throws Exception {
        run("env > " + folder.resolve("environment"));

        assertThat(Files.readString(folder.resolve("environment")))
                .contains("PATH=")
                .doesNotContain("secret");
    }

    @Test
    void saysWhyTheProgramFailed() {
        assertThatThrownBy(() -> run("echo '" + LINE + "'; echo Traceback >&2; echo 'no module optuna' >&2; exit 1"))
                .isInstanceOf(BadInput.class)
                .hasMessage("Optuna's tpe failed on branin after 1 seeds: no module optuna");
        assertThat(runs).hasSize(1);
    }

    @Test
    void saysWhenTheProgramIsNotThereOrTalksOtherwise() {
        assertThatThrownBy(() -> new OptunaPeer("/nowhere/python", "peer.py", List.of(), List.of(), Map.of())
                        .run(branin, "tpe", new Seeds(0, 1), 3, runs::add))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cannot be started");
        assertThatThrownBy(() -> run("echo hello; sleep 60"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("Optuna's program is not JSON: hello");
    }
}
