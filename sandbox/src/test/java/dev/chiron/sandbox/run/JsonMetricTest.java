package dev.chiron.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class JsonMetricTest {

    @TempDir
    Path workspace;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": {\"b\": [{\"c\": 0.5}]}}|$.a.b[0].c|0.5",
                "{\"a\": NaN}|$.a|NaN",
                "{\"a\": \"nan\"}|$.a|NaN",
                "{\"a\": -Infinity}|$.a|-Infinity",
                "{\"a\": \"1e-3\"}|$.a|0.001",
                "3|$|3",
                "[1, 2]|$[1]|2",
            })
    void findsTheValueAtAPath(String json, String path, double value) throws Exception {
        Files.writeString(workspace.resolve("m.json"), json);
        assertThat(((Reading.Found) read("m.json", path)).value()).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1}|$.b|m.json has no $.b",
                "{\"a\": \"x\"}|$.a|m.json has no number at $.a",
                "{\"a\": true}|$.a|m.json has no number at $.a",
                "{\"a\": 1}|a.b|m.json cannot be searched for a.b",
                "{\"a\": |$.a|m.json is not JSON",
            })
    void saysWhatIsWrong(String json, String path, String why) throws Exception {
        Files.writeString(workspace.resolve("m.json"), json);
        assertThat(missing("m.json", path)).startsWith(why);
    }

    @Test
    void fallsIntoNoTrap() throws Exception {
        Path outside = Files.createTempFile("chiron", ".json");
        Files.writeString(outside, "{\"a\": 1}");
        Files.createSymbolicLink(workspace.resolve("link.json"), outside);
        Files.createSymbolicLink(workspace.resolve("folder"), outside.getParent());
        Files.write(workspace.resolve("huge.json"), new byte[1024 * 1024 + 1]);
        assertThat(new ProcessBuilder("mkfifo", workspace.resolve("pipe.json").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(workspace.resolve("deep.json"), "[".repeat(100_000));
        assertThat(missing("link.json", "$.a")).endsWith("is not a regular file");
        assertThat(missing("folder/" + outside.getFileName(), "$.a")).endsWith("lies outside the workspace");
        assertThat(missing("../" + outside.getFileName(), "$.a")).endsWith("lies outside the workspace");
        assertThat(missing("huge.json", "$.a")).endsWith("is larger than 1 MB");
        assertThat(missing("pipe.json", "$.a")).endsWith("is not a regular file");
        assertThat(missing("deep.json", "$.a")).contains("is not JSON");
        assertThat(missing("none.json", "$.a")).endsWith("was not written");
        Files.delete(outside);
        Files.delete(workspace.resolve("folder"));
    }

    @Test
    void aPipeThatTakesTheFilesPlaceAfterTheLookIsNotWaitedForLong() throws Exception {
        Path pipe = workspace.resolve("swapped.json");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        assertThatThrownBy(() -> JsonMetric.read(pipe, Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("was not read: no answer in 1 s");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("chiron-result")) {
                thread.join(); // it was let go
            }
        }
    }

    private String missing(String file, String path) {
        return ((Reading.Missing) read(file, path)).why();
    }

    private Reading read(String file, String path) {
        return new JsonMetric(new MetricSource.JsonFile(file, path)).read(workspace);
    }
}
