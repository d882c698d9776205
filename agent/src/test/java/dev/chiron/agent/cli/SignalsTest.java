package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service manager, a batch system or a closed terminal does to a study that runs without anybody. */
@Timeout(180)
class SignalsTest {

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
    }

    private List<Entry> entries() {
        return Recording.read(folder.resolve("chiron-study")).orElseThrow().entries();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void onceFinishesTheRunningTrialAndPauses(String signal) throws Exception {
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off")) {
            chiron.until("\"trial\":1");
            chiron.signal(signal);

            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(130);

            assertThat(chiron.out()).contains("\"end\":\"interrupted\",\"why\":\"paused\"");
            assertThat(chiron.err()).contains("Stopping after the running trial");
        }
        assertThat(entries())
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(entry -> entry.trial().outcome().status().equals("measured"));
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off", "--trials", "4")) {
            assertThat(chiron.exitCode()).isZero();
        }
        assertThat(entries()).hasSize(4);
    }

    @Test
    void twiceStopsNowAndLeavesNothingRunning() throws Exception {
        Files.writeString(
                folder.resolve("train.sh"),
                "test -e " + folder + "/slow && { echo $$ > " + folder + "/pid; exec sleep 600; }; echo loss: $1\n");
        try (Started chiron = Started.in(folder, "run", "--json", "--sandbox", "off")) {
            chiron.until("\"trial\":1");
            Files.createFile(folder.resolve("slow"));
            while (!Files.exists(folder.resolve("pid"))) {
                Thread.onSpinWait();
            }
            chiron.signal("TERM");
            while (!chiron.err().contains("once more stops now")) {
                Thread.onSpinWait();
            }
            chiron.signal("TERM");

            assertThat(chiron.exitCode()).as(chiron.err()).isEqualTo(130);

            assertThat(chiron.out()).contains("the running trial was given up");
        }
        long trial = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        ProcessHandle.of(trial)
                .ifPresent(left -> left.onExit().orTimeout(30, TimeUnit.SECONDS).join());
        Files.delete(folder.resolve("slow"));
        int done = entries().size();
        try (Started chiron = Started.in(folder, "run", "--sandbox", "off", "--trials", String.valueOf(done + 1))) {
            assertThat(chiron.exitCode()).isZero();
        }
        assertThat(entries()).hasSize(done + 1);
    }

    @Test
    void whatNohupIgnoresStaysIgnored() throws Exception {
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        Process nohup = new ProcessBuilder(
                        "nohup",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--json",
                        "--trials",
                        "12")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        nohup.inputReader().readLine();
        new ProcessBuilder("kill", "-HUP", String.valueOf(nohup.pid())).start().waitFor();
        nohup.getInputStream().readAllBytes();
        assertThat(nohup.waitFor()).isZero();
        assertThat(entries()).hasSize(12);
    }
}
