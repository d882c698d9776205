package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SandboxCommandsTest {

    private static final String TASK = """
            script: train.sh
            run: sh train.sh {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0, high: 1, default: 0.5 } }
            method: random
            budget: { trials: 2 }
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        screen = new Screen(folder);
    }

    private List<Optional<Isolation>> levels() {
        return Recording.read(folder.resolve("chiron-study")).orElseThrow().entries().stream()
                .map(entry -> entry.containment().map(Containment::level))
                .toList();
    }

    @Test
    void everyTrialNamesItsLevelAndOffMustBeAskedFor() throws Exception {
        assertThat(screen.run("run", "--sandbox", "off", "--json")).isZero();
        assertThat(levels()).hasSize(2).containsOnly(Optional.of(Isolation.PLAIN));
        assertThat(screen.out()).contains("\"sandbox\":\"plain\"");
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).contains("sandbox: {level: \"off\"");
        assertThat(screen.run("show", "1")).isZero();
        assertThat(screen.out()).contains("sandbox: plain");
        assertThat(screen.run("run", "--trials", "3")).isZero();
        assertThat(levels()).as("as the study was begun").hasSize(3).containsOnly(Optional.of(Isolation.PLAIN));
    }

    @Tag("bubblewrap")
    @Test
    void theBestThatWorksIsTakenUnasked() {
        assertThat(screen.run("doctor")).isZero();
        String doctor = screen.out();
        assertThat(screen.run("run")).isZero();
        String level = levels().get(1).orElseThrow().label();
        assertThat(doctor).contains("trials run in: " + level);
    }

    @Test
    void aStudyThatWasIsolatedGoesOnWithLessOnlyIfAsked() {
        assertThat(screen.run("run", "--sandbox", "off")).isZero();
        Path study = folder.resolve("chiron-study");
        Trial isolated = new Trial(
                2,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.25)))),
                Origin.RANDOM,
                new Outcome.Measured(0.25),
                Duration.ofSeconds(1));
        try (StudyFolder open = StudyFolder.open(study, "", InstantSource.system())) {
            open.append(
                    new Entry(isolated, Optional.empty(), Optional.of(new Containment(Isolation.BUBBLEWRAP, true))));
        }
        assertThat(screen.run("run", "--trials", "4", "--sandbox", "off")).isZero();
        assertThat(levels().get(3)).contains(Isolation.PLAIN);
    }

    @Test
    void aVariableDoesNotWeakenAStudyThatWasIsolated() throws Exception {
        assertThat(screen.run("run", "--sandbox", "off")).isZero();
        Path journal = folder.resolve("chiron-study/journal.jsonl");
        Trial isolated = new Trial(
                2,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.25)))),
                Origin.RANDOM,
                new Outcome.Measured(0.25),
                Duration.ofSeconds(1));
        try (StudyFolder open = StudyFolder.open(journal.getParent(), "", InstantSource.system())) {
            open.append(new Entry(isolated, Optional.empty(), Optional.of(new Containment(Isolation.UNSHARE, false))));
        }
        Screen other = new Screen(folder).with("CHIRON_SANDBOX_LEVEL", "off");
        assertThat(other.run("run", "--trials", "4")).isEqualTo(2);
        assertThat(other.err()).contains("ran in unshare", "ask for it: --sandbox off");
        assertThat(other.run("run", "--trials", "4", "--sandbox", "off")).isZero();
        Screen afresh = new Screen(folder).with("CHIRON_SANDBOX_LEVEL", "off");
        assertThat(afresh.run("run", "--study", "other")).isZero();
        assertThat(afresh.err()).contains("Note: nothing isolates trials, as sandbox.level says");
    }

    @Tag("bubblewrap")
    @Test
    void aLevelThatIsStillThereIsNotSaidToBeGone() throws Exception {
        assertThat(screen.run("run")).isZero();
        assumeTrue(levels().get(1).equals(Optional.of(Isolation.BUBBLEWRAP)), "bubblewrap does not work here");
        Screen other = new Screen(folder).with("CHIRON_SANDBOX_LEVEL", "off");
        assertThat(other.run("run", "--trials", "4")).isEqualTo(2);
        assertThat(other.err())
                .contains(
                        "ran in bubblewrap, which works here, and CHIRON_SANDBOX_LEVEL names off. To go on with less");
        Path task = folder.resolve("chiron.yaml");
        Files.writeString(task, TASK + "sandbox: { level: unshare }\n");
        if (screen.run("run", "--trials", "4") == 2 && !screen.err().contains("does not work here")) {
            assertThat(screen.err()).contains("which works here, and chiron.yaml:7 names unshare");
        }
    }

    /** `auto` is a wish for the best that works, and no leave to go on with nothing. */
    @Test
    void theBestThatIsLeftIsNoLeaveToGoOnWithLess() throws Exception {
        assertThat(screen.run("run", "--sandbox", "off")).isZero();
        Trial isolated = new Trial(
                2,
                new Change.Settings(Config.of(Map.of("X", new Value.Real(0.25)))),
                Origin.RANDOM,
                new Outcome.Measured(0.25),
                Duration.ofSeconds(1));
        try (StudyFolder open = StudyFolder.open(folder.resolve("chiron-study"), "", InstantSource.system())) {
            open.append(
                    new Entry(isolated, Optional.empty(), Optional.of(new Containment(Isolation.BUBBLEWRAP, false))));
        }
        // found first, it answers nothing; and unshare is no less in the way
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String program : List.of("bwrap", "unshare")) {
            Path broken = Files.writeString(bin.resolve(program), "#!/bin/sh\nexit 1\n");
            assertThat(broken.toFile().setExecutable(true)).isTrue();
        }
        Screen other = new Screen(folder).with("PATH", bin + ":" + System.getenv("PATH"));
        assertThat(other.run("run", "--trials", "4", "--sandbox", "auto")).isEqualTo(2);
        assertThat(other.err())
                .contains("ran in bubblewrap, of which only plain is left: ", "ask for it: --sandbox off");
        assertThat(other.run("run", "--trials", "4", "--sandbox", "off")).isZero();
    }

    @Tag("bubblewrap")
    @Test
    void aShellWhoseTerminalIsClosedLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        ProcessBuilder builder = new ProcessBuilder(
                        "env",
                        "--default-signal=HUP", // where the tests run under nohup a child would be born deaf to it
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--sandbox-shell")
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        Process shell = builder.start();
        shell.outputWriter().append("echo up; sleep 300\n").flush();
        assertThat(shell.inputReader().readLine()).isEqualTo("up");
        assertThat(temporary).isDirectoryContaining("glob:**/chiron-shell*");
        new ProcessBuilder("kill", "-HUP", String.valueOf(shell.pid())).start().waitFor();
        assertThat(shell.waitFor()).isEqualTo(128 + 1);
        assertThat(temporary).isDirectoryNotContaining("glob:**/chiron-shell*");
    }

    @Test
    void aTemporaryFolderThatIsNoneIsSaid() {
        Screen other = new Screen(folder).with("TMPDIR", folder.resolve("gone").toString());
        assertThat(other.run("run", "--sandbox", "off")).isEqualTo(2);
        assertThat(other.err()).contains("TMPDIR: gone is no folder that can be written to");
    }

    @Test
    void whatIsWrongInTheSettingsIsSaid() throws Exception {
        for (Map.Entry<String, String> wrong : Map.of(
                        "sandbox: { level: firejail }", "sandbox.level: unknown `firejail`",
                        "sandbox: { read: [/] }", "sandbox.read[0]: `/` would show everything",
                        "sandbox: { devices: [/etc/shadow] }", "sandbox.devices[0]: `/etc/shadow` is no device",
                        "caches: { ~/.cache/x: often }", "caches.~/.cache/x: unknown `often`",
                        "caches: { ../x: study }", "caches.../x: the path of a cache begins with ~/ or /",
                        "caches: { /tmp: study }",
                                "caches./tmp: /tmp is the system's or every trial's own, and no cache",
                        "sandbox: { read: [../gone] }", "sandbox.read: there is no ",
                        "caches: { ~/.gone: readonly }", "caches: there is no ",
                        "sandbox: off", "sandbox: expected keys and values")
                .entrySet()) {
            Files.writeString(folder.resolve("chiron.yaml"), TASK + wrong.getKey() + "\n");
            assertThat(screen.run("run")).isEqualTo(2);
            assertThat(screen.err()).contains(wrong.getValue());
        }
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Tag("bubblewrap")
    @Test
    void listsAndCachesOfTheTaskReachTheTrials() throws Exception {
        Path data = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(data.resolve("x"), "seen\n");
        Path project = Files.createDirectories(folder.resolve("project"));
        Files.writeString(
                project.resolve("chiron.yaml"),
                TASK + "sandbox: { level: bubblewrap, read: [../elsewhere] }\ncaches: { ~/.kernels: study }\n");
        Files.writeString(
                project.resolve("train.sh"),
                "cat " + data + "/x && echo . >> ~/.kernels/k && cat ~/.kernels/k && echo loss: $1\n");
        assertThat(screen.run("run", "project/chiron.yaml")).isIn(0, 2);
        if (screen.err().contains("does not work here")) {
            return; // said, and nothing was run: a machine without namespaces
        }
        assertThat(project.resolve("chiron-study/caches/_.kernels/k")).hasContent(".\n.\n");
    }
}
