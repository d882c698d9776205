package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A terminal of its own, in which somebody types and looks. */
final class Tmux implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(90);

    private final Path socket;

    /** A terminal in which a command runs. */
    Tmux(Path folder, int columns, int rows, List<String> command) throws IOException, InterruptedException {
        this.socket = folder.resolve("tmux");
        List<String> words = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
        words.addAll(List.of("-x", Integer.toString(columns), "-y", Integer.toString(rows), "-c", folder.toString()));
        words.addAll(command);
        tmux(words);
    }

    private String tmux(List<String> words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        all.addAll(words);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Presses keys, by tmux' names for those that are no letters. */
    void press(String... keys) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words);
    }

    /** Types a line and enters it. */
    void enter(String line) throws IOException, InterruptedException {
        tmux(List.of("send-keys", "-l", line));
        press("Enter");
    }

    /** What is on the screen. */
    String screen() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-p"));
    }

    /** The same with the codes for colours. */
    String coloured() throws IOException, InterruptedException {
        return tmux(List.of("capture-pane", "-e", "-p"));
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux(List.of("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows)));
    }

    /** Waits until something is on the screen. */
    String await(String text) throws IOException, InterruptedException {
        return await(screen -> screen.contains(text), text);
    }

    String await(Predicate<String> wanted, String what) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        String screen = screen();
        while (!wanted.test(screen)) {
            assertThat(System.nanoTime())
                    .as(what + " does not come:\n" + screen)
                    .isLessThan(deadline);
            screen = screen();
        }
        return screen;
    }

    /** Hangs up, and waits until whoever is still there has left. */
    @Override
    public void close() throws IOException {
        try {
            long shell = Long.parseLong(
                    tmux(List.of("display-message", "-p", "#{pane_pid}")).strip());
            List<ProcessHandle> all = ProcessHandle.of(shell).stream()
                    .flatMap(one -> Stream.concat(Stream.of(one), one.descendants()))
                    .toList();
            tmux(List.of("kill-server"));
            for (ProcessHandle one : all) {
                one.onExit().get(60, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the terminal is not left", e);
        }
    }
}
