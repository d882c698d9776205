package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron session} on a real terminal, from its first line to its last. */
@Tag("tmux")
@Timeout(300)
class SessionTerminalTest {

    /** Trials wait for a file, so that one can be running for as long as somebody looks. */
    private static final String SCRIPT = """
            while [ -e "$3/hold" ]; do sleep 0.05; done
            awk -v x="$1" -v k="$2" 'BEGIN { print "loss: " (x - 0.3)^2 + (k - 20)^2 / 4000 }'
            """;

    @TempDir
    Path folder;

    private Path study;

    @BeforeEach
    void project() throws Exception {
        study = folder.resolve("chiron-study");
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.sh
                run: sh {script} {X} {K} FOLDER
                metric: { name: loss, goal: minimize }
                space:
                  X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
                  K: { type: int, low: 1, high: 64, default: 8 }
                method: random
                llm: { model: none }
                sandbox: { level: off }
                budget: { trials: 500 }
                """.replace("FOLDER", folder.toString()));
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
    }

    private List<String> session(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "TERM=screen-256color",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "session"));
        command.addAll(List.of(options));
        List<String> shell =
                new ArrayList<>(List.of("sh", "-c", "trap : INT; \"$@\"; echo left with $?; exec sleep 600", "sh"));
        shell.addAll(command);
        return shell;
    }

    private int trials() {
        return Recording.read(study).orElseThrow().entries().size();
    }

    @Test
    void aWholeSession() throws Exception {
        try (Tmux tmux = new Tmux(folder, 100, 30, session())) {
            tmux.await("chiron>");
            tmux.await("    2  random");
            tmux.press("/stat", "Tab");
            tmux.await("/status");
            tmux.press("C-c"); // gives the line up, and nothing else
            tmux.await(SessionTerminalTest::isPromptEmpty, "an empty prompt");
            tmux.enter("/pause");
            tmux.await("waiting (paused)");
            tmux.enter("/status");
            tmux.await("loop            waits");
            tmux.enter("/try X=0.3 K=20");
            tmux.await("do it?");
            tmux.enter("y");
            tmux.await("steering 1: try X=0.3 K=20");
            tmux.enter("/step");
            tmux.await("* best so far");
            tmux.enter("/plot");
            tmux.await("plots/history.png");
            assertThat(tmux.coloured()).contains("\u001b[38;5;");
            tmux.enter("/statu");
            tmux.await("did you mean `/status`");
            tmux.enter("/quit");
            tmux.await("left with 0");
        }
        int before = trials();
        try (Tmux tmux = new Tmux(folder, 100, 30, session("--paused"))) {
            tmux.await("waiting (paused)");
            tmux.press("Up");
            tmux.await("chiron> /quit"); // what was typed before is known
            tmux.press("C-c");
            tmux.await(SessionTerminalTest::isPromptEmpty, "an empty prompt");
            tmux.enter("/step 2");
            tmux.await(screen -> screen.contains("  " + (before + 1) + "  random"), "another trial");
            tmux.enter("/quit");
            tmux.await("left with 0");
        }
        assertThat(trials()).isEqualTo(before + 2);
    }

    @Test
    void thePromptStaysWholeWhileTrialsStream() throws Exception {
        try (Tmux tmux = new Tmux(folder, 100, 30, session())) {
            tmux.await("    1  random");
            tmux.press("/steer", "Space", "keep");
            String first = tmux.await("chiron> /steer keep");
            int seen = last(first);
            String later = tmux.await(screen -> last(screen) > seen + 2, "more trials");
            assertThat(later.lines().filter(line -> line.startsWith("chiron>"))).containsExactly("chiron> /steer keep");
            tmux.resize(70, 20);
            tmux.press("Space", "it");
            tmux.await("chiron> /steer keep it");
        }
    }

    private static boolean isPromptEmpty(String screen) {
        return screen.lines()
                .filter(line -> line.startsWith("chiron>"))
                .reduce((one, next) -> next)
                .filter(line -> line.strip().equals("chiron>"))
                .isPresent();
    }

    /** The number of the last trial on the screen. */
    private static int last(String screen) {
        return screen.lines()
                .filter(line -> line.matches(" +\\d+  (random|baseline) .*"))
                .mapToInt(line -> Integer.parseInt(line.strip().split(" ")[0]))
                .max()
                .orElse(-1);
    }

    @Test
    void ctrlCFinishesTheTrialAndPausesAndTwiceStops() throws Exception {
        Files.createFile(folder.resolve("hold"));
        try (Tmux tmux = new Tmux(folder, 100, 30, session())) {
            tmux.await("chiron>");
            tmux.enter("/status");
            tmux.await("trial 0 runs");
            tmux.press("C-c");
            tmux.await("pauses after trial 0; Ctrl-C again gives it up and leaves");
            Files.delete(folder.resolve("hold"));
            tmux.await("waiting (paused)");
            Files.createFile(folder.resolve("hold"));
            tmux.enter("/resume");
            tmux.await("goes on");
            tmux.press("C-c");
            tmux.await("pauses after trial 1");
            tmux.press("C-c");
            tmux.await("left with 130");
        }
        assertThat(Recording.read(study).orElseThrow().entries()).hasSize(1);
        assertThat(StudyFolder.writer(study)).isEmpty();
    }

    @Test
    void aClosedTerminalLeavesAStudyThatGoesOn() throws Exception {
        Tmux tmux = new Tmux(folder, 100, 30, session());
        tmux.await("    1  random");
        tmux.close(); // hangs up
        while (StudyFolder.writer(study).isPresent()) {
            Thread.onSpinWait();
        }
        int before = trials();
        try (Tmux again = new Tmux(folder, 100, 30, session("--paused"))) {
            again.await("waiting (paused)");
            again.enter("/step");
            again.await("    " + before + "  random");
        }
    }
}
