package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded study, once more without its model. */
class ReplayTest {

    private static final String TASK = """
            task: %s
            script: train.sh
            run: sh {script} {X} {Y}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0.0, high: 1.0, default: 0.9 }
              Y: { type: int, low: 1, high: 64, default: 8 }
            llm: { model: %s, share: 0.5, warmup: 2 }
            budget: { trials: 14 }
            seed: 3
            """;

    private static final String MODEL = """
            read first
            n=$(cat | wc -c)
            if [ $((n % 3)) = 0 ]; then echo 'no idea'; exit; fi
            echo '{"X": 0.'$((n % 89))', "Y": '$((n % 64 + 1))'}'
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1$2\n");
        Files.writeString(folder.resolve("model.sh"), MODEL);
        screen = new Screen(folder);
    }

    private List<String> study(String task, String model, String study) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK.formatted(task, model));
        assertThat(screen.run("run", "--study", study, "--quiet"))
                .as(screen.err())
                .isZero();
        assertThat(screen.run("trials", "--json", "--study", study)).isZero();
        return screen.out()
                .lines()
                .map(line -> line.replaceAll("\"seconds\":[0-9.]+", "").replaceAll("\"calls\":\\d+", ""))
                .toList();
    }

    private static List<String> said(Path study) throws IOException {
        try (Stream<Path> files = Files.list(study.resolve("llm"))) {
            List<String> said = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                said.add(file.getFileName() + " " + Files.readString(file));
            }
            return said;
        }
    }

    @Test
    void theRulesOfThumbAreReplayedAsWhatTheyAre() throws IOException {
        List<String> first = study("a", "builtin", "first");

        assertThat(first).anyMatch(line -> line.contains("\"builtin\""));
        assertThat(study("a", "replay:" + folder.resolve("first"), "second")).isEqualTo(first);
        assertThat(said(folder.resolve("second"))).isEqualTo(said(folder.resolve("first")));
    }

    @Test
    void aModelThatFailsNowAndThenIsReplayedWithItsFailuresAndSoIsItsReplay() throws IOException {
        List<String> first = study("a", "command:sh " + folder.resolve("model.sh"), "first");
        Files.delete(folder.resolve("model.sh"));

        assertThat(first).anyMatch(line -> line.contains("\"llm"));
        assertThat(study("a", "replay:" + folder.resolve("first"), "second")).isEqualTo(first);
        assertThat(study("a", "replay:" + folder.resolve("second"), "third")).isEqualTo(first);
        assertThat(said(folder.resolve("third"))).isEqualTo(said(folder.resolve("first")));
    }

    @Test
    void aChangedPromptIsAFallbackThatSaysWhatChanged() throws IOException {
        study("a", "command:sh " + folder.resolve("model.sh"), "first");
        List<String> other = study("another task", "replay:" + folder.resolve("first"), "second");

        assertThat(other).noneMatch(line -> line.contains("\"origin\":\"llm"));
        assertThat(Files.readString(folder.resolve("second/journal.jsonl")))
                .contains("no recorded answer", "it changed in line", "from \\\"a\\\" to \\\"another task\\\"");
    }
}
