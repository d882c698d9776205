package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole studies whose prompts tell how trials went. */
class CurvePromptTest {

    private static final String TASK = """
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss }
            space: { X: { type: float, low: 0.0, high: 1.0, default: 0.5 } }
            seed: 5
            llm: { model: builtin }
            sandbox: { level: off }
            budget: { trials: 14 }
            """;

    /** Falls as 1 / epoch, from x + 1 to x + 1 / 9. */
    private static final String SCRIPT = """
            awk -v x="$1" 'BEGIN { for (e = 1; e <= 9; e++) print "epoch " e " loss: " x + 1 / e }'
            """;

    @TempDir
    Path folder;

    private void run(String study, String... more) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        List<String> line = Stream.concat(Stream.of("run", "--quiet", "--study", study), Stream.of(more))
                .toList();
        Screen screen = new Screen(folder);
        assertThat(screen.run(line.toArray(String[]::new))).as(screen.err()).isZero();
    }

    private List<String> prompts(String study) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(study).resolve("llm"))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(CurvePromptTest::read)
                    .filter(text -> text.contains("\nGoal: "))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<JsonNode> configs(String study) throws IOException {
        return Journals.trials(folder.resolve(study)).stream()
                .map(trial -> trial.path("config"))
                .toList();
    }

    /** And rules that read prompts propose the same as without: they go by the values. */
    @ParameterizedTest
    @CsvSource({"centaur, 1", "llm, 1", "centaur, 3"})
    void aModelSeesHowTrialsWent(String method, String workers) throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        run("study", "--method", method, "--workers", workers, "--deterministic");
        Files.writeString(folder.resolve("train.sh"), SCRIPT.replace("e = 1;", "e = 9;"));
        run("without", "--method", method, "--workers", workers, "--deterministic");
        assertThat(configs("study")).isEqualTo(configs("without"));
        assertThat(prompts("study"))
                .isNotEmpty()
                .allMatch(
                        prompt -> prompt.contains("0.611111 (by step 1:1.5 3:0.8333 5:0.7 6:0.6667 7:0.6429 8:0.625)"));
        assertThat(prompts("without")).isNotEmpty().noneMatch(prompt -> prompt.contains("(by step"));
    }

    @Test
    void aStudyThatGoesOnTellsTheSame() throws IOException {
        Files.writeString(folder.resolve("train.sh"), SCRIPT);
        run("whole", "--prune", "median");
        run("stopped", "--prune", "median", "--trials", "12");
        Files.delete(folder.resolve("stopped").resolve("state.json"));
        run("stopped", "--prune", "median", "--trials", "14");
        assertThat(prompts("stopped")).isEqualTo(prompts("whole"));
    }
}
