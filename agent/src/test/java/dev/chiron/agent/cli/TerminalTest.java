package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.optimizers.study.Outcome.Measured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron run} on a real terminal, at which somebody presses Ctrl-C and whose keyboard a script would like to be. */
@Timeout(180)
class TerminalTest {

    /** Starts a command as the leader of a new terminal, presses Ctrl-C when a second trial runs, and ends as the command does. */
    private static final String PERSON = """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(sys.argv[1], sys.argv[1:])
            shown, pressed = b'', False
            while True:
                try:
                    piece = os.read(terminal, 4096)
                except OSError:
                    break
                shown += piece
                if not pressed and b'trial 1/' in shown and b'running' in shown.split(b'trial 1/', 1)[1]:
                    os.write(terminal, b'\\x03')
                    pressed = True
            sys.stdout.buffer.write(shown)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            """;

    @TempDir
    Path folder;

    @Tag("python")
    @Tag("bubblewrap")
    @Test
    void ctrlCLetsTheTrialFinishAndTheTrialCannotType() throws Exception {
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.py
                run: python3 train.py {X}
                metric: { name: loss }
                space: { X: { type: float, low: 0, high: 1, default: 0.5 } }
                method: random
                budget: { trials: 50 }
                """);
        Files.writeString(folder.resolve("train.py"), """
                import fcntl, os, time
                typed = 0
                for name in ('/dev/stdin', '/dev/stdout', '/dev/stderr', '/dev/tty'):
                    try:
                        with open(name) as terminal:
                            fcntl.ioctl(terminal, 0x5412, b'x')
                            typed += 1
                    except OSError:
                        pass
                time.sleep(1)
                print('loss:', typed)
                """);
        Files.writeString(folder.resolve("person.py"), PERSON);
        Process person = new ProcessBuilder(
                        "python3",
                        folder.resolve("person.py").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String shown = new String(person.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(person.waitFor()).as(shown).isEqualTo(130);
        assertThat(shown).contains("Stopping after the running trial");
        List<Entry> entries =
                Recording.read(folder.resolve("chiron-study")).orElseThrow().entries();
        assertThat(entries).hasSizeBetween(2, 3);
        assertThat(entries)
                .allSatisfy(entry -> assertThat(entry.trial().outcome()).isEqualTo(new Measured(0)));
    }
}
