package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broken task gets one message with file, line and key, exit 2, and leaves no study folder. */
class BadTaskTest {

    private static final String TASK = """
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              LR: { type: float, low: 0.001, high: 1.0, log: true, default: 0.1 }
              DEPTH: { type: int, low: 1, high: 9 }
            """;

    private static final String SCRIPT = """
            LR = 0.1
            DEPTH = 4
            TWICE = 1
            TWICE = 2
            def f():
                INSIDE = 3
            print("loss:", LR)
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        screen = new Screen(folder);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric:|metrc:|chiron.yaml:3: unknown key `metrc`|did you mean",
                "low: 1, high: 9|low: 9, high: 1|chiron.yaml:6: space.DEPTH|above",
                "low: 0.001|low: 0.0|chiron.yaml:5: space.LR|log",
                "default: 0.1|default: 7.5|chiron.yaml:5: space.LR.default|7.5",
                "train.py|trian.py|chiron.yaml:1: script|trian.py",
                "DEPTH:|DEPHT:|chiron.yaml:6: space.DEPHT|DEPTH",
                "DEPTH:|TWICE:|chiron.yaml:6: space.TWICE|more than once",
                "DEPTH:|INSIDE:|chiron.yaml:6: space.INSIDE|function",
                "LR: { type|LR: { type: float, type|chiron.yaml:5: space.LR|twice",
                "space:|space: [|chiron.yaml:|",
            })
    void oneMessageWithFileLineAndKey(String good, String bad, String place, String why) throws IOException {
        assertThat(TASK).contains(good);
        Files.writeString(folder.resolve("chiron.yaml"), TASK.replace(good, bad));
        assertThat(screen.run("run", "--trials", "2")).isEqualTo(2);
        assertThat(screen.err().strip())
                .startsWith("chiron: " + place)
                .contains(why == null ? "" : why)
                .hasLineCount(1);
        assertThat(screen.out()).isEmpty();
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }

    @Test
    void theTaskAsItShouldBeRuns() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        assertThat(screen.run("run", "--trials", "2")).as(screen.err()).isZero();
        assertThat(folder.resolve("train.py")).hasContent(SCRIPT);
    }

    @Test
    void aScriptWithASyntaxErrorIsExplainedWithItsLine() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(folder.resolve("train.py"), "LR = 0.1\nDEPTH = = 4\n");
        assertThat(screen.run("run")).isEqualTo(2);
        assertThat(screen.err().strip()).contains("train.py:2").hasLineCount(1);
        assertThat(folder.resolve("chiron-study")).doesNotExist();
    }
}
