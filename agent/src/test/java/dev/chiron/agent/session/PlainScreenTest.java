package dev.chiron.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlainScreenTest {

    private final List<String> shown = new ArrayList<>();

    @Test
    void allLinesComeBeforeTheEnd() {
        ByteArrayInputStream in = new ByteArrayInputStream("one\ntwo\nthree".getBytes(StandardCharsets.UTF_8));
        try (Screen screen = new PlainScreen(in, shown::add, true)) {
            assertThat(screen.read("> ")).isEqualTo(new Screen.Input.Line("one"));
            assertThat(screen.read("> ")).isEqualTo(new Screen.Input.Line("two"));
            assertThat(screen.read("> ")).isEqualTo(new Screen.Input.Line("three"));
            assertThat(screen.read("> ")).isEqualTo(new Screen.Input.End());
            assertThat(screen.read("> ")).isEqualTo(new Screen.Input.End());
        }
        assertThat(shown).containsExactly("> one", "> two", "> three");
    }

    @Test
    void whoWaitsForALineThatDoesNotComeCanBeWoken() throws IOException {
        try (PipedOutputStream nothing = new PipedOutputStream();
                Screen screen = new PlainScreen(new PipedInputStream(nothing), shown::add, false)) {
            CompletableFuture<Screen.Input> read = CompletableFuture.supplyAsync(() -> screen.read("> "));
            screen.wake();
            assertThat(read.join()).isEqualTo(new Screen.Input.End());
        }
    }
}
