package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Failed;
import dev.chiron.optimizers.study.Outcome.Measured;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalRunnerTest {

    @TempDir
    Path folder;

    @Test
    void measuresWhatTheScriptPrintsLast() throws Exception {
        Execution execution = Bench.shell(
                        folder, "echo 'step 1 loss: 3'", "echo 'step 2 loss: 2 acc=0.5'", "echo loss: 1.5")
                .execute();
        Measured measured = (Measured) execution.outcome();
        assertThat(measured.value()).isEqualTo(1.5);
        assertThat(measured.metrics()).containsExactly(Map.entry("acc", 0.5));
        assertThat(measured.curve()).containsExactly(new Outcome.CurvePoint(1, 3), new Outcome.CurvePoint(2, 2));
        assertThat(execution.exit()).hasValue(0);
        assertThat(execution.head()).isEqualTo(execution.tail()).endsWith("loss: 1.5\n");
        assertThat(execution.took()).isPositive();
    }

    @Tag("python")
    @Test
    void setsConstantsInTheCopyAndLeavesTheProjectAsItWas() throws Exception {
        Bench bench = Bench.python(folder, "LR = 0.1", "NAME = 'a'", "print('loss:', LR * 2)", "open('made', 'w')");
        Files.createDirectories(bench.project().resolve(".git"));
        Files.writeString(bench.project().resolve(".git/HEAD"), "x");
        Map<String, String> before = bytes(bench.project());
        Execution execution = bench.execute(Map.of("LR", new Value.Real(0.25)));
        assertThat(execution.outcome()).isEqualTo(new Measured(0.5));
        assertThat(execution.diff()).isEqualTo("--- train.py\n+++ train.py\n@@ -1 +1 @@\n-LR = 0.1\n+LR = 0.25\n");
        assertThat(bytes(bench.project())).isEqualTo(before);
        assertThat(bench.workspace().resolve("made")).exists();
        assertThat(bench.workspace().resolve(".git")).doesNotExist();
    }

    @Test
    void passesHolesAsOneArgumentEachWhateverTheyContain() throws Exception {
        Bench bench = Bench.shell(folder, "printf '[%s]' \"$@\" \"$OPT\"", "echo ' loss: 1'")
                .running("sh {script} --name={A} 'two words' {B} '{}'")
                .seeing(Map.of("OPT", "<{A}>"));
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("A", new Value.Text("it's \"a\" $(b) {script} `c`"));
        values.put("B", new Value.Text(""));
        Execution execution = bench.execute(values);
        assertThat(execution.head())
                .startsWith("[--name=it's \"a\" $(b) {script} `c`][two words][][{}][<it's \"a\" $(b) {script} `c`>]");
        assertThat(execution.diff()).isEmpty();
    }

    @Test
    void showsTheScriptNoKeys() throws Exception {
        Bench bench = Bench.shell(folder, "env", "echo loss: 1").seeing(Map.of("OMP_NUM_THREADS", "4"));
        Map<String, String> outer = Map.of("PATH", System.getenv("PATH"), "OPENAI_API_KEY", "sk-secret", "LANG", "C");
        Execution execution = bench.runner(outer).run(settings(), bench.workspace());
        assertThat(execution.head())
                .doesNotContain("secret")
                .contains("LANG=C\n", "OMP_NUM_THREADS=4\n", "OPENBLAS_NUM_THREADS=1\n")
                .contains("HOME=" + bench.workspace() + "\n");
    }

    @Test
    void aRunHasASessionOfItsOwnSoThatCtrlCDoesNotReachIt() throws Exception {
        Execution execution = Bench.shell(
                        folder, "[ \"$(cut -d' ' -f6 /proc/$$/stat)\" = $$ ] && echo own session", "echo loss: 1")
                .execute();
        assertThat(execution.head()).contains("own session");
    }

    @Tag("python")
    @Test
    void saysWhichExceptionEndedAPythonScriptAndWhere() throws Exception {
        Execution execution = Bench.python(folder, "print('loss: 1')", "raise ValueError('x')")
                .execute();
        assertThat(execution.outcome())
                .isEqualTo(new Failed(Reason.CRASHED, "exit 1: ValueError: x (train.py, line 2)"));
        assertThat(execution.exit()).hasValue(1);
    }

    @Test
    void tellsDivergedOutOfMemoryAndNoMetricApart() throws Exception {
        assertThat(reason(Bench.shell(folder.resolve("a"), "echo loss: 1", "echo loss: nan")))
                .isEqualTo(Reason.DIVERGED);
        assertThat(reason(Bench.shell(folder.resolve("b"), "echo RuntimeError: CUDA out of memory >&2", "exit 1")))
                .isEqualTo(Reason.OUT_OF_MEMORY);
        assertThat(reason(Bench.shell(folder.resolve("c"), "kill -9 $$"))).isEqualTo(Reason.OUT_OF_MEMORY);
        Outcome none = Bench.shell(folder.resolve("d"), "echo best_loss: 1", "echo loss: 2 >&2")
                .outcome();
        assertThat(none).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.NO_METRIC);
            assertThat(failed.detail()).contains("loss: <number>");
        });
    }

    @Test
    void saysThatAProgramIsMissing() throws Exception {
        Bench bench = Bench.shell(folder, "true").running("no-such-program-here {script}");
        assertThat(bench.outcome()).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.CRASHED);
            assertThat(failed.detail()).startsWith("no-such-program-here: not found on the PATH ");
        });
        assertThatThrownBy(() -> bench.running("sh 'open").execute()).hasMessageContaining("open '");
    }

    @Test
    void refusesAParameterThatCannotBeSet() throws Exception {
        Bench bench = Bench.python(folder, "LR = 1");
        assertThat(((Failed) bench.execute(Map.of("GONE", new Value.Whole(1))).outcome()).reason())
                .isEqualTo(Reason.REFUSED);
    }

    @Test
    void blamesTheMachineForAWorkspaceThatCannotBeMade() throws Exception {
        Bench bench = Bench.shell(folder, "true");
        Path file = Files.writeString(folder.resolve("file"), "");
        Execution execution = bench.runner(System.getenv()).run(settings(), file.resolve("below"));
        assertThat(((Failed) execution.outcome()).reason()).isEqualTo(Reason.INFRASTRUCTURE);
    }

    @Test
    void stopsAScriptThatIgnoresSigterm() throws Exception {
        Bench bench = Bench.shell(folder, "trap '' TERM", "while :; do sleep 0.05; done")
                .within(Duration.ofMillis(700));
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.TIMED_OUT, "stopped after 700 ms, the limit of time"));
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    @Test
    void endsADaemonThatLeftItsParents() throws Exception {
        Bench bench = Bench.shell(
                folder,
                "(setsid sh -c 'echo up > up; sleep 300 & sleep 300' &) ",
                "while [ ! -e up ]; do sleep 0.02; done",
                "echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    @Tag("perl")
    @Test
    void endsADaemonThatLeftItsParentsAndItsEnvironment() throws Exception {
        Bench bench = Bench.shell(
                folder,
                "(env -i setsid sh -c 'echo $$ > pid; exec sleep 300' </dev/null >/dev/null 2>&1 &)",
                "while [ ! -s pid ]; do sleep 0.02; done",
                "echo loss: 1");
        assertThat(bench.outcome()).isEqualTo(new Measured(1));
        long daemon = Long.parseLong(
                Files.readString(bench.workspace().resolve("pid")).strip());
        assertThat(ProcessHandle.of(daemon).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Tag("perl")
    @Test
    void endsSuchADaemonAlsoWhenTheRunIsStopped() throws Exception {
        Bench bench = Bench.shell(
                        folder,
                        "(env -i setsid sh -c 'echo $$ > pid; exec sleep 300' </dev/null >/dev/null 2>&1 &)",
                        "sleep 300")
                .within(Duration.ofSeconds(2));
        assertThat(bench.outcome()).isEqualTo(new Failed(Reason.TIMED_OUT, "stopped after 2 s, the limit of time"));
        long daemon = Long.parseLong(
                Files.readString(bench.workspace().resolve("pid")).strip());
        assertThat(ProcessHandle.of(daemon).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void endsWithItsControlGroupWhoHasNoParentsNoEnvironmentAndNobodyWhoWaits() throws Exception {
        assumeTrue(Walled.groups().isPresent(), "no control groups can be made here");
        Bench bench = Bench.shell(
                        folder,
                        "(env -i setsid sh -c 'echo $$ > pid; exec sleep 300' </dev/null >/dev/null 2>&1 &)",
                        "while [ ! -s pid ]; do sleep 0.02; done",
                        "kill -9 $PPID")
                .inside(new Sandbox(Walled.plain().walls(), Walled.groups()));
        bench.outcome();
        assertThat(state(Files.readString(bench.workspace().resolve("pid")).strip()))
                .startsWith("Z"); // the machine's first process may take note of the dead a second later
    }

    private static String state(String pid) {
        try {
            String status = Files.readString(Path.of("/proc", pid, "stat"));
            return status.substring(status.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return "Z";
        }
    }

    @Test
    void endsWhatAKilledJvmLeftInTheWorkspace() throws Exception {
        Bench bench = Bench.shell(folder, "echo loss: 1");
        ProcessBuilder leftover = new ProcessBuilder("sleep", "300");
        leftover.environment().put(Marker.VARIABLE, Marker.of(bench.workspace()).value("1-1"));
        Process process = leftover.start();
        bench.execute();
        assertThat(process.waitFor()).isEqualTo(137);
    }

    @Test
    void livesWithFloodsAndEndlessLines() throws Exception {
        Limits limits = new Limits(
                Duration.ofSeconds(60), OptionalLong.empty(), OptionalInt.empty(), 2_000_000, OptionalLong.empty());
        Execution flood =
                Bench.shell(folder.resolve("a"), "yes loss: 1").within(limits).execute();
        assertThat(flood.outcome()).isEqualTo(new Failed(Reason.CRASHED, "stopped: printed more than 2.0 MB"));
        assertThat(flood.exit()).isEmpty();
        assertThat(flood.tail()).hasSizeLessThanOrEqualTo(32 * 1024);
        Execution line = Bench.shell(
                        folder.resolve("b"), "head -c 1500000 /dev/zero | tr '\\0' x", "echo", "echo loss: 4")
                .within(limits)
                .execute();
        assertThat(line.outcome()).isEqualTo(new Measured(4));
    }

    @Tag("python")
    @Test
    void stopsAMemoryHog() throws Exception {
        Limits limits = new Limits(
                Duration.ofSeconds(60),
                OptionalLong.of(60_000_000),
                OptionalInt.empty(),
                1_000_000,
                OptionalLong.empty());
        Bench bench = Bench.python(folder, "import time", "x = b'x' * 150_000_000", "time.sleep(300)")
                .within(limits);
        assertThat(bench.outcome())
                .isEqualTo(new Failed(Reason.OUT_OF_MEMORY, "stopped: used more memory than 60.0 MB"));
    }

    @Test
    void stopsTooManyProcessesAndTooMuchDisk() throws Exception {
        Limits processes = new Limits(
                Duration.ofSeconds(60), OptionalLong.empty(), OptionalInt.of(5), 1_000_000, OptionalLong.empty());
        assertThat(Bench.shell(folder.resolve("a"), "for i in 1 2 3 4 5 6 7 8; do sleep 300 & done", "wait")
                        .within(processes)
                        .outcome())
                .isEqualTo(new Failed(Reason.CRASHED, "stopped: more than 5 processes"));
        Limits disk = new Limits(
                Duration.ofSeconds(60),
                OptionalLong.empty(),
                OptionalInt.empty(),
                1_000_000,
                OptionalLong.of(1_000_000));
        assertThat(Bench.shell(folder.resolve("b"), "head -c 3000000 /dev/zero > big", "sleep 300")
                        .within(disk)
                        .outcome())
                .isEqualTo(new Failed(Reason.CRASHED, "stopped: wrote more than 1.0 MB"));
    }

    @Test
    void endsEverythingWhenInterrupted() throws Exception {
        Bench bench = Bench.shell(folder, "sleep 300 &", "echo up > up", "sleep 300");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                bench.execute();
            } catch (InterruptedException e) {
                thrown.set(e);
            }
        });
        thread.start();
        while (!Files.exists(bench.workspace().resolve("up"))) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(Marker.of(bench.workspace()).processes()).isEmpty();
    }

    @Test
    void readsAMetricFromAJsonFileButNeverAnOldOne() throws Exception {
        Bench bench = Bench.shell(
                        folder, "[ -n \"$W\" ] && echo '{\"r\": [{\"loss\": 0.5, \"acc\": 1}]}' > out.json", "exit 0")
                .reading("out.json", "$.r[0].loss");
        Files.writeString(bench.project().resolve("out.json"), "{\"r\": [{\"loss\": 9}]}");
        assertThat(bench.seeing(Map.of("W", "1")).outcome())
                .isEqualTo(new Measured(0.5, Map.of("acc", 1.0), List.of()));
        Bench again = Bench.shell(folder.resolve("again"), "exit 0").reading("out.json", "$.r[0].loss");
        Files.copy(bench.project().resolve("out.json"), again.project().resolve("out.json"));
        assertThat(again.outcome()).isEqualTo(new Failed(Reason.NO_METRIC, "out.json was not written"));
    }

    @Test
    void deletesNothingThroughALinkThatLeavesTheProject() throws Exception {
        Path store = Files.createDirectories(folder.resolve("store"));
        Files.writeString(store.resolve("out.json"), "{\"loss\": 9}");
        Bench bench = Bench.shell(folder, "exit 0").reading("data/out.json", "$.loss");
        Files.createSymbolicLink(bench.project().resolve("data"), store);
        bench.outcome();
        assertThat(store.resolve("out.json")).hasContent("{\"loss\": 9}");
    }

    @Test
    void losesNothingThatWasPrintedLast() throws Exception {
        for (int i = 0; i < 40; i++) {
            Execution execution = Bench.shell(folder.resolve("run" + i), "echo loss: 1; echo last words >&2; exit 3")
                    .execute();
            assertThat(execution.tail()).contains("loss: 1\n").contains("last words\n");
        }
    }

    private static Change settings() {
        return new Change.Settings(Config.of(Map.of()));
    }

    private static Reason reason(Bench bench) throws InterruptedException {
        return ((Failed) bench.outcome()).reason();
    }

    private static Map<String, String> bytes(Path project) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                contents.put(file.toString(), Files.isDirectory(file) ? "/" : Files.readString(file));
            }
        }
        return contents;
    }

    @Test
    void javaIsToldHowMuchMemoryItHas() throws Exception {
        Bench bench = Bench.shell(folder)
                .within(new Limits(
                        Duration.ofSeconds(60),
                        OptionalLong.of(400_000_000),
                        OptionalInt.empty(),
                        1_000_000,
                        OptionalLong.empty()));
        Files.writeString(
                bench.project().resolve("Train.java"),
                "class Train { public static void main(String[] a) {"
                        + " System.out.println(\"loss: \" + Runtime.getRuntime().maxMemory() / 1_000_000); } }");
        assertThat(bench.running("java Train.java").outcome())
                .isInstanceOfSatisfying(
                        Measured.class, heap -> assertThat(heap.value()).isBetween(280.0, 310.0));
        Clearing.remove(bench.workspace());
        assertThat(bench.running("java -Xmx64m Train.java").outcome())
                .isInstanceOfSatisfying(
                        Measured.class, heap -> assertThat(heap.value()).isLessThan(70.0));
    }

    @Test
    void aScriptThatCommitsDoesNotReachTheRepositoryAroundTheStudy() throws Exception {
        Bench bench = Bench.shell(
                folder,
                "git add train.sh && git commit -m evil && echo COMMITTED",
                "git rev-parse --git-dir",
                "echo loss: 1");
        Files.writeString(bench.project().resolve(".git"), "gitdir: " + folder + "/.git/worktrees/mine\n");
        new ProcessBuilder("git", "init", "-q", folder.toString()).start().waitFor();
        Execution execution = bench.execute();
        assertThat(execution.outcome()).isEqualTo(new Measured(1));
        assertThat(execution.head()).contains("not a git repository").doesNotContain("COMMITTED");
    }
}
