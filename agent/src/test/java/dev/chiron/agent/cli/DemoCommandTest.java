package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

    @TempDir
    Path folder;

    @Test
    void itUnpacksAScriptTunesItAndSaysWhereToLook() {
        Screen screen = new Screen(folder).with("OLLAMA_HOST", "127.0.0.1:9"); // nobody listens at discard
        assertThat(screen.run("demo", "--trials", "3")).as(screen.err()).isZero();
        assertThat(screen.err()).contains("`builtin` takes part", "baseline");
        assertThat(screen.out()).contains("val_loss", "Look around:");
        assertThat(folder.resolve("chiron-demo/Train.java")).exists();
        assertThat(screen.run("trials", "--study", "chiron-demo/chiron-study")).isZero();
        assertThat(screen.out().lines()).hasSize(3);
    }

    @Test
    void itOverwritesNothingThatIsTheUsersOwn() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("chiron-demo")).resolve("chiron.yaml");
        Files.writeString(mine, "mine");
        Screen screen = new Screen(folder).with("OLLAMA_HOST", "127.0.0.1:9");
        assertThat(screen.run("demo", "--trials", "2")).isEqualTo(2);
        assertThat(screen.err()).contains("chiron-demo/chiron.yaml", "--folder");
        assertThat(mine).hasContent("mine");
        assertThat(screen.run("demo", "--trials", "2", "--folder", "chiron-demo/chiron.yaml"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("is a file");
    }
}
