package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code chiron facts}, and what reaches a model that is a program. */
class FactsCommandTest {

    private static final String TASK = """
            task: Train a GPT with AdamW.
            script: train.sh
            run: sh {script} {LR} {BATCH_SIZE}
            metric: { name: loss }
            space:
              LR: { type: float, low: 1e-4, high: 0.1, log: true, default: 0.001 }
              BATCH_SIZE: { type: int, low: 16, high: 256, powers_of_two: true, default: 64 }
            llm: { share: 1.0, warmup: 1 }
            budget: { trials: 3 }
            sandbox: { level: off }
            """;

    @TempDir
    Path folder;

    private Screen screen;

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("train.sh"), "echo loss: $1\n");
        screen = new Screen(folder);
    }

    private void task(String more) throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK + more);
    }

    @Test
    void withoutATaskAllCardsAreListed() {
        assertThat(screen.run("facts")).isZero();

        assertThat(screen.out())
                .contains("step-law  ", "Li et al. 2025 (arXiv 2503.04715), the Step Law")
                .contains("memory  ", "adam-batch  ");
        assertThat(screen.out().lines()).hasSize(11);
    }

    @Test
    void forATaskItIsShownWhatAModelIsToldAndWhy() throws IOException {
        task("facts: { params: 85e6, tokens: 1e10 }\n");

        assertThat(screen.run("facts")).isZero();
        assertThat(screen.out())
                .startsWith("What a model is told for chiron.yaml, ")
                .contains(" of at most 400 tokens:\n\n## What papers say of such training\n")
                .contains("numbers for the baseline:\n", "Here BATCH_SIZE 64 -> 128: x 1.41.\n")
                .contains("Here N 85M, D 10B: 0.00467 and 297000 tokens.\n")
                .contains("\nTold, by the parameters:\n  adam-batch   Learning rate and batch size with Adam")
                .contains("LR and BATCH_SIZE\n")
                .contains("\nNot told:\n")
                .contains("the task has none of the words sgd\n");
    }

    @Test
    void noneIsNone() throws IOException {
        task("facts: none\n");

        assertThat(screen.run("facts")).isZero();
        assertThat(screen.out())
                .startsWith("A model is told nothing of what papers say for chiron.yaml.\n")
                .doesNotContain("\nTold");
        assertThat(screen.run("facts", "--set", "facts.cards=auto")).isZero();
        assertThat(screen.out()).contains("x 1.41");
        assertThat(screen.run("facts", "--facts", "auto")).isZero();
        assertThat(screen.out()).contains("x 1.41");
    }

    @Test
    void theFlagHoldsForATaskAndWithoutOneItIsNotPassedOver() throws IOException {
        assertThat(screen.run("facts", "--facts", "none")).isEqualTo(2);
        assertThat(screen.err()).contains("chiron.yaml");
        task("");

        assertThat(screen.run("facts", "--facts", "none")).isZero();
        assertThat(screen.out()).startsWith("A model is told nothing of what papers say for chiron.yaml.\n");
        assertThat(screen.run("facts", "--facts", "all")).isEqualTo(2);
        assertThat(screen.err()).contains("--facts", "auto", "none");
        assertThat(screen.run("facts", "--study", "chiron-study", "--facts", "none"))
                .isEqualTo(2);
        assertThat(screen.err()).contains("--facts is for a task", "--study");
    }

    @Test
    void aTaskThatIsNotThereIsRefused() {
        assertThat(screen.run("facts", "other.yaml")).isEqualTo(2);
        assertThat(screen.err()).contains("other.yaml");
        assertThat(screen.run("facts", "--study", "nothing")).isEqualTo(2);
        assertThat(screen.err()).contains("no study in nothing");
    }

    @Test
    void ofAStudyTheNumbersAreItsBestConfigs() throws IOException {
        task("");
        assertThat(screen.run("run", "--quiet", "--llm", asked("{\"LR\": 0.0005, \"BATCH_SIZE\": 32}")))
                .as(screen.err())
                .isZero();

        assertThat(screen.run("facts", "--study", "chiron-study")).isZero();
        assertThat(screen.out()).contains("numbers for the incumbent:", "BATCH_SIZE 32 -> 64: x 1.41.");
    }

    @Test
    void aModelReadsThemUnlessTheyAreSwitchedOff() throws IOException {
        task("");
        String model = asked("{\"LR\": 0.0005, \"BATCH_SIZE\": 32}");

        assertThat(screen.run("run", "--quiet", "--llm", model))
                .as(screen.err())
                .isZero();
        assertThat(prompts())
                .isNotEmpty()
                .allSatisfy(prompt -> assertThat(prompt).contains("What papers say"));
        assertThat(screen.run("run", "--quiet", "--fresh", "--llm", model, "--facts", "none"))
                .as(screen.err())
                .isZero();
        assertThat(prompts())
                .isNotEmpty()
                .allSatisfy(prompt -> assertThat(prompt).doesNotContain("What papers say"));
        assertThat(Files.readString(folder.resolve("chiron-study/study.yaml"))).contains("facts: {cards: none}");
        assertThat(screen.run("run", "--facts", "all")).isEqualTo(2);
        assertThat(screen.err()).contains("--facts", "auto", "none");
    }

    private String asked(String reply) throws IOException {
        Files.writeString(folder.resolve("model.sh"), "cat > /dev/null\necho '" + reply + "'\n");
        return "command:sh " + folder.resolve("model.sh");
    }

    private List<String> prompts() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("chiron-study/llm"))) {
            return files.filter(Files::isRegularFile)
                    .map(FactsCommandTest::text)
                    .filter(text -> text.contains("## Parameters"))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
