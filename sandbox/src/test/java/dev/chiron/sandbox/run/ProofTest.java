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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What vouches for the value of an edited script. The harness is a shell script, so that no test needs a Python. */
@Timeout(60)
class ProofTest {

    private static final List<String> HARNESS =
            List.of("read nonce", "sh $1 </dev/null >out.txt || exit 1", "echo \"loss: $(cat out.txt) nonce=$nonce\"");

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void makeProject() throws IOException {
        bench = Bench.shell(folder, "echo 3");
        harness(HARNESS.toArray(String[]::new));
    }

    private void harness(String... lines) throws IOException {
        Files.writeString(bench.project().resolve("harness.sh"), String.join("\n", lines) + "\n");
    }

    private Bench harnessed() {
        return bench.running("sh harness.sh {script}").keeping("harness.sh");
    }

    private Execution run(Bench task, String script) throws Exception {
        Clearing.remove(bench.workspace());
        Change change = script.isEmpty()
                ? new Change.Settings(Config.of(Map.of()))
                : new Change.Edit(Config.of(Map.of()), Variant.root("").edited(script + "\n", ""));
        return new LocalRunner(task.training().withEdits(), System.getenv(), task.sandbox())
                .run(change, bench.workspace());
    }

    private static String unverified(Execution execution) {
        assertThat(execution.outcome()).isInstanceOf(Outcome.Failed.class);
        Outcome.Failed failed = (Outcome.Failed) execution.outcome();
        assertThat(failed.reason()).as(failed.detail()).isEqualTo(Reason.UNVERIFIED);
        return failed.detail();
    }

    @Test
    void theHarnessVouchesForAnEditAndForTheStart() throws Exception {
        assertThat(run(harnessed(), "").outcome()).isEqualTo(new Outcome.Measured(3));
        Execution edited = run(harnessed(), "echo 2");
        assertThat(edited.outcome()).isEqualTo(new Outcome.Measured(2));
        assertThat(edited.head()).isEqualTo("loss: 2\n"); // runs that are alike look alike
    }

    @Test
    void aLineWithoutTheRunsNonceClaimsOnly() throws Exception {
        harness("read nonce", "sh $1 </dev/null");
        String detail = unverified(run(harnessed(), "echo loss: 0.5 nonce=" + "ab".repeat(16)));
        assertThat(detail).startsWith("it claims 0.5, but no line ends with the metric and the run's nonce");
    }

    @Test
    void aHarnessThatForgetsTheNonceIsTold() throws Exception {
        harness("read nonce", "echo \"loss: 1\"");
        assertThat(unverified(run(harnessed(), "echo 2")))
                .contains("it claims 1.0", "val_loss: 0.5 nonce=ab12", "standard input");
        harness("read nonce", "echo \"loss: 1 nonce=$nonce and more\"");
        unverified(run(harnessed(), "echo 2"));
        harness("read nonce", "echo \"loss: 1 loss: 2 nonce=$nonce\"");
        Outcome.Measured last = (Outcome.Measured) run(harnessed(), "echo 2").outcome();
        assertThat(last.value()).isEqualTo(2);
        harness("read nonce", "echo \"best loss=0.25, nonce=$nonce\"; echo loss: 0.1");
        assertThat(run(harnessed(), "echo 2").outcome()).isInstanceOf(Outcome.Measured.class);
    }

    @Test
    void noMetricAtAllIsJustThat() throws Exception {
        harness("read nonce", "echo nonce=$nonce");
        assertThat(run(harnessed(), "echo 2").outcome().toString()).contains("NO_METRIC");
        harness("read nonce", "echo loss: nan");
        assertThat(run(harnessed(), "echo 2").outcome().toString()).contains("DIVERGED");
    }

    @Test
    void theNonceIsNewForEachRunAndInNoVariableOrFile() throws Exception {
        harness(
                "read nonce",
                "env >env.txt",
                "grep -rq $nonce . && exit 1",
                "echo $nonce | cut -c1-8",
                "echo \"loss: 1 nonce=$nonce\"");
        Execution first = run(harnessed(), "echo 2");
        Execution second = run(harnessed(), "echo 2");
        assertThat(first.outcome()).isEqualTo(new Outcome.Measured(1));
        assertThat(second.outcome()).isEqualTo(new Outcome.Measured(1));
        assertThat(first.head()).matches("[0-9a-f]{8}\nloss: 1\n").isNotEqualTo(second.head());
    }

    @Test
    void onlyAReadOnlyHarnessOrAnEvaluatorCanVouch() throws Exception {
        assertThat(bench.training().unverifiable().orElseThrow())
                .contains("run: starts train.sh itself", "evaluate:", "nonce");
        assertThat(bench.running("sh harness.sh {script}")
                        .training()
                        .unverifiable()
                        .orElseThrow())
                .contains("run: starts harness.sh, which is not under readonly:");
        assertThat(harnessed().training().unverifiable()).isEmpty();
        assertThat(bench.running("./harness.sh {script}")
                        .keeping("harness.sh")
                        .training()
                        .unverifiable())
                .isEmpty();
        assertThat(bench.running("make train")
                        .keeping("harness.sh")
                        .training()
                        .unverifiable()
                        .orElseThrow())
                .contains("names no file of the project");
        assertThat(harnessed()
                        .reading("out.json", "$.loss")
                        .training()
                        .unverifiable()
                        .orElseThrow())
                .contains("out.json, which the edited script can write");
        Scoring evaluated = new Scoring(Optional.of("sh score.sh"), Optional.empty(), "artifacts", List.of());
        assertThat(bench.training().scoredBy(evaluated).unverifiable()).isEmpty();
    }

    @Test
    void aPythonHarnessMustNotTakeModulesFromBesideIt() throws Exception {
        Files.writeString(bench.project().resolve("harness.py"), "");
        Bench task = bench.keeping("harness.py");
        assertThat(task.running("python3 harness.py {script}")
                        .training()
                        .unverifiable()
                        .orElseThrow())
                .contains("write python3 -I");
        assertThat(task.running("python3 -I harness.py {script}").training().unverifiable())
                .isEmpty();
        assertThat(task.running("python3.11 -uP harness.py {script}").training().unverifiable())
                .isEmpty();
        assertThat(task.running("python3 -I -m harness harness.py").training().unverifiable())
                .isPresent();
        assertThat(task.running("python3 -Ic 'exec(1)' harness.py").training().unverifiable())
                .isPresent();
    }

    @Test
    void whatARunClaimsIsInTheMessage() throws Exception {
        assertThat(unverified(run(bench, "echo loss: 0.125")))
                .startsWith("it claims 0.125, and run: starts train.sh itself");
        Files.writeString(bench.project().resolve("train.sh"), "echo loss: 7\n");
        assertThat(unverified(run(bench, ""))).startsWith("it claims 7.0");
    }

    @Test
    void aChangedFileThatIsReadOnlyIsRefusedAlsoWithoutWalls() throws Exception {
        String change = "echo 'read n; echo loss: 0 nonce=$n' > harness.sh; echo 2";
        assertThat(run(harnessed(), change).outcome())
                .isEqualTo(new Outcome.Failed(
                        Reason.REFUSED, "the run changed harness.sh, which it must not (readonly:)"));
        assertThat(run(harnessed(), "rm harness.sh; echo 2").outcome().toString())
                .contains("REFUSED", "harness.sh");
        Files.createDirectories(bench.project().resolve("data/deep"));
        Bench guarded = bench.running("sh harness.sh {script}").keeping("harness.sh", "data");
        assertThat(run(guarded, "echo > data/deep/more; echo 2").outcome().toString())
                .contains("REFUSED", "data/deep/more");
    }

    @Test
    void theProjectItselfIsLookedAtWhereThereAreNoWalls() throws Exception {
        String change = "echo changed > " + bench.project().resolve("harness.sh") + "; echo 2";
        assertThat(run(harnessed(), change).outcome())
                .isEqualTo(new Outcome.Failed(
                        Reason.REFUSED,
                        "the run changed harness.sh in the project itself, which it must not (readonly:)"));
    }

    @Tag("bubblewrap")
    @Test
    void behindBubblewrapTheHarnessIsTheOnlyOneWhoKnows() throws Exception {
        requireAlone(Walled.of(Isolation.BUBBLEWRAP, Walled.groups()));
    }

    @Tag("unshare")
    @Test
    void behindUnshareNoProcessSeesTheOthers() throws Exception {
        requireAlone(Walled.of(Isolation.UNSHARE, Walled.groups()));
    }

    private void requireAlone(Sandbox sandbox) throws Exception {
        String look = "ls -d /proc/self /proc/[0-9]* >&2; cat <&0 >&2; echo x > harness.sh; echo 2";
        Execution execution = run(harnessed().inside(sandbox), look);
        assertThat(execution.outcome()).isEqualTo(new Outcome.Measured(2));
        assertThat(execution.tail().lines().filter(line -> line.startsWith("/proc")))
                .isEmpty();
    }

    @Test
    void whatTheSandboxCannotKeepIsSaidBefore() {
        LocalRunner plain = new LocalRunner(harnessed().training(), System.getenv(), Walled.plain());
        assertThat(plain.caution().orElseThrow()).startsWith("without a sandbox an edited script can read");
    }
}
