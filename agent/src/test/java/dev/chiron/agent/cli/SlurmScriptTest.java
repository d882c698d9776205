package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code examples/slurm/chiron.sbatch} as Slurm would run it, with a {@code scontrol} that only writes down what it is asked. */
@Timeout(180)
class SlurmScriptTest {

    private static final Path SCRIPT = Path.of("..", "examples", "slurm", "chiron.sbatch");

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), """
                script: train.sh
                run: sh {script} {X}
                metric: { name: loss }
                space: { X: { type: float, low: 0, high: 1, default: 0.9 } }
                method: random
                budget: { trials: 500 }
                """);
        Files.writeString(folder.resolve("train.sh"), "sleep 0.5; echo loss: $1\n");
        program(
                "chiron",
                "exec " + Path.of(System.getProperty("java.home"), "bin", "java") + " -cp '"
                        + System.getProperty("java.class.path") + "' " + Main.class.getName() + " \"$@\"");
        program("scontrol", "echo \"$@\" >> '" + folder + "/asked'");
    }

    private void program(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process batch(String... more) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", SCRIPT.toAbsolutePath().toString(), "--json", "--sandbox", "off"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().put("SLURM_JOB_ID", "4711");
        builder.environment().put("SLURM_SUBMIT_DIR", folder.toString());
        builder.redirectError(folder.resolve("errors").toFile());
        return builder.start();
    }

    @Test
    void itIsQueuedAgainWhenItsTimeIsNearlyOverAndGoesOn() throws Exception {
        Process first = batch();
        try (BufferedReader lines = first.inputReader()) {
            for (String line = lines.readLine(); !line.contains("\"trial\":1,"); line = lines.readLine()) {
                assertThat(line).contains("\"v\":1");
            }
            new ProcessBuilder("kill", "-TERM", String.valueOf(first.pid()))
                    .start()
                    .waitFor();
            String rest = lines.lines().reduce("", (before, line) -> before + line + "\n");
            assertThat(rest).contains("\"end\":\"interrupted\"", "job 4711 is queued again");
        }
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(first.exitValue()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("asked"))).isEqualTo("requeue 4711\n");

        Process second = batch("--trials", "4");
        String out = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(second.waitFor()).isZero();
        assertThat(out).contains("\"resumed\":true", "\"end\":\"done\"").doesNotContain("queued");
        assertThat(Files.readString(folder.resolve("asked"))).isEqualTo("requeue 4711\n");
    }
}
