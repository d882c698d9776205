package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Edited scripts that cheat, against an evaluator in a sandbox of its own and against a harness with a nonce. The honest script's loss is 2,
 * and no cheat may be measured with less.
 */
@Tag("bubblewrap")
@Tag("python")
@Timeout(60)
class CheaterTest {

    private static final double HONEST = 2;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void makeProject() throws IOException {
        bench = Bench.python(folder, Cheats.HONEST + "save(honest)")
                .inside(sandbox())
                .within(Duration.ofSeconds(30));
        write("data/train.txt", "5");
        write("data/val.txt", "7");
        write("data/val.json", "{\"w\": 7}");
        write("data/test.txt", "8");
        write("prepare.py", """
                import json, random, sys
                def loss(w, target):
                    return abs(w - target)
                def target(split):
                    with open("data/%s.txt" % split) as f:
                        return float(f.read())
                if __name__ == "__main__":
                    random.seed(0)
                    with open(sys.argv[1] + "/weights.json") as f:
                        w = float(json.load(f)["w"])
                    print("loss: %r" % loss(w, target(sys.argv[2])))
                """);
        write("harness.py", """
                import json, os, subprocess, sys
                nonce = sys.stdin.readline().strip()
                child = subprocess.run([sys.executable, sys.argv[1]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
                sys.stdout.write(child.stdout.decode())
                sys.stdout.flush()
                if child.returncode:
                    sys.exit(child.returncode)
                weights = os.environ["CHIRON_ARTIFACTS"] + "/weights.json"
                if not os.path.isfile(weights) or os.path.islink(weights):
                    sys.exit("no weights")
                with open(weights) as f:
                    w = float(json.load(f)["w"])
                with open("data/val.txt") as f:
                    target = float(f.read())
                import random # a lazy import, which must not find what the script has written
                sys.stdout.write("\\nloss: %r nonce=%s\\n" % (abs(w - target), nonce))
                """);
    }

    private void write(String name, String text) throws IOException {
        Path file = bench.project().resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** Never without walls: some of the cheats then change the machine's own Python. */
    private static Sandbox sandbox() {
        return Walled.of(Isolation.BUBBLEWRAP, Walled.groups());
    }

    private Training evaluated() {
        Scoring scoring = new Scoring(
                Optional.of("python3 prepare.py {artifacts} val"),
                Optional.of("python3 prepare.py {artifacts} test"),
                "artifacts",
                List.of("data/val.txt", "data/val.json", "data/test.txt"));
        return bench.training().scoredBy(scoring).withEdits();
    }

    /** The validation data lie where the script can read them, since the harness that it runs under does. */
    private Training harnessed() {
        Scoring scoring = new Scoring(
                Optional.empty(),
                Optional.of("python3 prepare.py {artifacts} test"),
                "artifacts",
                List.of("data/test.txt"));
        return bench.running("python3 -I harness.py {script}")
                .keeping("harness.py", "prepare.py", "data")
                .training()
                .scoredBy(scoring)
                .withEdits();
    }

    private Execution run(Training training, String script, boolean holdout) throws Exception {
        Clearing.remove(bench.workspace());
        Variant variant = Variant.root("").edited(script, "");
        return new LocalRunner(training, System.getenv(), bench.sandbox())
                .run(new Change.Edit(Config.of(Map.of()), variant), bench.workspace(), holdout);
    }

    static Stream<String> cheats() {
        return Cheats.all().keySet().stream();
    }

    @Test
    void theHonestScriptIsMeasuredInBothWays() throws Exception {
        String honest = Cheats.HONEST + "save(honest)\n";
        assertThat(run(evaluated(), honest, true).outcome())
                .isEqualTo(new Outcome.Measured(HONEST, Map.of(), List.of(), OptionalDouble.of(3)));
        assertThat(run(harnessed(), honest, true).outcome())
                .isEqualTo(new Outcome.Measured(HONEST, Map.of(), List.of(), OptionalDouble.of(3)));
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void noCheatGainsAnythingFromAnEvaluatorThatItCannotReach(String cheat) throws Exception {
        String script = Cheats.all().get(cheat);
        requireNoGain(run(evaluated(), script, true));
        requireNoGain(run(evaluated(), script, true)); // what the first one may have left
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void noCheatGainsAnythingFromAHarnessWithANonce(String cheat) throws Exception {
        String script = Cheats.all().get(cheat);
        for (int i = 0; i < 2; i++) {
            Execution execution = run(harnessed(), script, true);
            requireNoGain(execution);
            assertThat(execution.head() + execution.tail()).doesNotContain("ALLOWED", "OPENED");
        }
    }

    private static void requireNoGain(Execution execution) {
        assertThat(execution.head() + execution.tail()).doesNotContain("SEEN [0");
        if (execution.outcome() instanceof Outcome.Measured measured) {
            assertThat(measured.value()).isEqualTo(HONEST);
            assertThat(measured.holdout().orElse(3)).isEqualTo(3);
        } else {
            assertThat(execution.outcome()).isInstanceOf(Outcome.Failed.class);
        }
    }

    @Test
    void whatIsHiddenCannotBeTrainedOn() throws Exception {
        String script = Cheats.all().get("reads the hold-out").replace("test.txt", "val.txt");
        assertThat(run(evaluated(), script, true).outcome())
                .isEqualTo(new Outcome.Measured(HONEST, Map.of(), List.of(), OptionalDouble.of(3)));
    }

    @Test
    void whatAHarnessMeasuresOnCanBeTrainedOnAndTheHoldOutTells() throws Exception {
        String script = Cheats.all().get("reads the hold-out").replace("test.txt", "val.txt");
        assertThat(run(harnessed(), script, true).outcome())
                .isEqualTo(new Outcome.Measured(0, Map.of(), List.of(), OptionalDouble.of(1)));
    }

    @Test
    void aScriptThatNobodyEditsIsBelieved() throws Exception {
        Files.writeString(bench.project().resolve("train.py"), Cheats.all().get("prints a fake value"));
        assertThat(new LocalRunner(bench.training(), System.getenv(), bench.sandbox())
                        .run(new Change.Settings(Config.of(Map.of())), bench.workspace())
                        .outcome())
                .isInstanceOf(Outcome.Measured.class);
    }

    @Test
    void anEditedScriptThatMeasuresItselfIsNot() throws Exception {
        String script = "print('loss: 0.25')\n";
        Outcome outcome = run(bench.training().withEdits(), script, false).outcome();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).reason()).isEqualTo(Reason.UNVERIFIED);
        assertThat(((Outcome.Failed) outcome).detail())
                .contains("it claims 0.25", "run: starts train.py itself", "evaluate:");
    }
}
