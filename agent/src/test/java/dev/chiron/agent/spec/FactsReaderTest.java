package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.facts.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsReaderTest {

    @TempDir
    Path folder;

    private Workplace here;

    @BeforeEach
    void makeWorkplace() throws IOException {
        here = Workplace.in(folder);
    }

    @Test
    void modelsAreToldUnlessSomebodySaysNone() throws IOException {
        assertThat(here.spec(Workplace.YAML).facts()).isEqualTo(Facts.TOLD);
        assertThat(here.spec(Workplace.YAML + "facts: none\n").facts()).isEqualTo(Facts.NONE);
        assertThat(here.spec(Workplace.YAML + "facts: { cards: none }\n").facts())
                .isEqualTo(Facts.NONE);
        assertThat(here.spec(Workplace.YAML + "facts: auto\n").facts()).isEqualTo(Facts.TOLD);
        assertThat(here.spec(Workplace.YAML + "facts: none\n", new Setting("facts.cards", "auto", "--facts"))
                        .facts())
                .isEqualTo(Facts.TOLD);
    }

    @Test
    void numbersOfTheTaskAreReadAndReachThePrompts() throws IOException {
        Spec spec = here.spec(
                Workplace.YAML
                        + "facts: { params: 50e6, tokens: 1e9, steps: 1_000, sequence: 2048, device_batch: 2**5, depth: 12, width: 768, beta2: 0.95 }\n");

        assertThat(spec.facts())
                .isEqualTo(new Facts(
                        true,
                        Map.of(
                                Quantity.PARAMS, 50e6,
                                Quantity.TOKENS, 1e9,
                                Quantity.STEPS, 1000.0,
                                Quantity.SEQUENCE, 2048.0,
                                Quantity.DEVICE_BATCH, 32.0,
                                Quantity.DEPTH, 12.0,
                                Quantity.WIDTH, 768.0,
                                Quantity.BETA2, 0.95)));
        assertThat(spec.described().facts()).isEqualTo(spec.facts());
    }

    @Test
    void whatIsNoSuchNumberIsRefused() {
        assertThat(here.message(Workplace.YAML + "facts: { tokens: 0 }\n"))
                .isEqualTo("chiron.yaml:8: facts.tokens: `0` will not do: a number above 0, such as 1e9");
        assertThat(here.message(Workplace.YAML + "facts: { beta2: 1 }\n"))
                .isEqualTo("chiron.yaml:8: facts.beta2: `1` will not do: a number above 0 and below 1, such as 0.95");
        assertThat(here.message(Workplace.YAML + "facts: { tokens: many }\n"))
                .startsWith("chiron.yaml:8: facts.tokens: ");
        assertThat(here.message(Workplace.YAML + "facts: { token: 1e9 }\n")).contains("tokens");
        assertThat(here.message(Workplace.YAML + "facts: some\n"))
                .contains("chiron.yaml:8: facts")
                .contains("auto")
                .contains("none");
    }

    @Test
    void aStudyKeepsWhatItBeganWith() throws IOException {
        for (String facts : List.of("facts: none\n", "facts: { tokens: 1e9, beta2: 0.95 }\n", "")) {
            Spec spec = here.spec(Workplace.YAML + facts);
            Path file = Files.writeString(folder.resolve("study.yaml"), FrozenSpec.text(spec, folder));

            assertThat(FrozenSpec.read(file).facts()).isEqualTo(spec.facts());
        }
    }

    /** So that its turns read what they read before. */
    @Test
    void aStudyFromBeforeThereWereFactsGoesOnWithoutThem() throws IOException {
        String text = FrozenSpec.text(here.spec(Workplace.YAML), folder);
        Path file = Files.writeString(folder.resolve("study.yaml"), text.replaceAll("(?m)^facts: .*\n", ""));

        assertThat(text).contains("facts: {cards: auto}");
        assertThat(FrozenSpec.read(file).facts()).isEqualTo(Facts.NONE);
    }
}
