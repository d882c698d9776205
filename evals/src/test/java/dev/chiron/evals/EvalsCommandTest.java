package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Extension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** That the benchmark runs and says what it measured; never how fast it was. */
class EvalsCommandTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Console console = new Console(stream, stream, false, folder, Map.of(), InstantSource.system());
        Extension evals = ServiceLoader.load(Extension.class).findFirst().orElseThrow();
        return new CommandLine(evals.command(console)).execute(arguments);
    }

    @Test
    void speedMeasuresEveryGoalOfTheIssue() {
        assertThat(run("speed", "--trials", "60")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("CMA-ES ask and tell", "0.02 ms", "a trial of `centaur`", "reading a journal of 60 trials")
                .contains("replaying 60 trials", "heap in use");
    }

    @Test
    void aloneItSaysWhatThereIs() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("chiron evals speed");
    }
}
