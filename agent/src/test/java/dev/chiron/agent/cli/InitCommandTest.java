package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    private static final String SCRIPT = """
            LEARNING_RATE = 0.04   # of the optimizer
            DEPTH = 8
            TOTAL_BATCH_SIZE = 2**19
            USE_BIAS = True
            WINDOW_PATTERN = "SSSL"
            SEED = 42
            for i in range(3):
                INNER = 3
            print(f"val_accuracy: {LEARNING_RATE}")
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void place() throws IOException {
        screen = new Screen(folder);
        Files.writeString(folder.resolve("train.py"), SCRIPT);
    }

    @Test
    void itWritesATaskThatTheReaderTakes() throws IOException {
        assertThat(screen.run("init", "train.py")).isZero();
        String yaml = Files.readString(folder.resolve("chiron.yaml"));
        assertThat(yaml)
                .contains("script: train.py", "run: python3 {script}", "val_accuracy, goal: maximize")
                .contains("DEPTH: { type: int, low: 4, high: 24 }", "powers_of_two: true", "options: [true, false]")
                .doesNotContain("SEED", "INNER:");
        assertThat(screen.err()).contains("INNER", "chiron run chiron.yaml");
        assertThat(screen.run("config")).isZero();
    }

    @Test
    void aTaskThatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), "mine");
        assertThat(screen.run("init", "train.py")).isEqualTo(2);
        assertThat(folder.resolve("chiron.yaml")).hasContent("mine");
        assertThat(screen.run("init", "train.py", "--force", "--metric", "f1", "--goal", "maximize"))
                .isZero();
        assertThat(Files.readString(folder.resolve("chiron.yaml"))).contains("name: f1, goal: maximize");
    }

    @Test
    void aScriptWithoutConstantsAndAMissingOneAreExplained() throws IOException {
        Files.writeString(folder.resolve("empty.py"), "print('loss: 1')\n");
        assertThat(screen.run("init", "empty.py")).isEqualTo(2);
        assertThat(screen.err()).contains("no constant to tune");
        assertThat(screen.run("init", "gone.py")).isEqualTo(2);
        assertThat(screen.err()).contains("gone.py: no such file");
        assertThat(folder.resolve("chiron.yaml")).doesNotExist();
    }
}
