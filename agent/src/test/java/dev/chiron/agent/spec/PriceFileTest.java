package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFileTest {

    private static final Usage LARGE = new Usage(1, 1_000_000, 500_000, 1_000_000, Optional.empty());

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("prices.yaml"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"builtin", "perturb", "replay:old", "ollama:qwen3:0.6b", "ollama:hf.co/x/y:Q4"})
    void whatRunsHereIsFree(String model) {
        assertThat(PriceFile.bundled().of(model).orElseThrow().of(LARGE)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai:gpt-99",
                "openai-compatible:qwen@http://127.0.0.1:8000/v1",
                "command:claude -p",
                "ollama:gpt-oss:120b-cloud",
                "ollama:qwen3-coder:cloud",
                "openai:builtin"
            })
    void whatIsNotKnownIsUnknownAndNotFree(String model) {
        assertThat(PriceFile.bundled().of(model)).isEmpty();
    }

    @Test
    void everyPriceOfAHostedModelSaysWhenAndWhere() {
        List<Prices.Entry> hosted = PriceFile.bundled().entries().stream()
                .filter(entry -> entry.price()
                        .filter(price -> price.of(LARGE).signum() > 0)
                        .isPresent())
                .toList();

        assertThat(hosted).hasSizeGreaterThan(20).allSatisfy(entry -> {
            Price price = entry.price().orElseThrow();
            assertThat(price.date()).matches("2026-[0-9]{2}-[0-9]{2}");
            assertThat(price.source()).startsWith("https://");
            assertThat(price.cached()).isLessThanOrEqualTo(price.input());
            assertThat(price.input()).isLessThan(price.output());
        });
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Prices prices = new Prices(List.of(
                new Prices.Entry(
                        "openai:*",
                        Optional.of(new Price(
                                new BigDecimal("0.000001"),
                                new BigDecimal("0.5"),
                                new BigDecimal("75.5"),
                                "2026-11-21",
                                "https://x: \"y\" # z"))),
                new Prices.Entry("command:sh -c 'a: b' # c", Optional.empty())));

        assertThat(PriceFile.read(file(PriceFile.text(prices)))).isEqualTo(prices);
    }

    @Test
    void withoutAPriceForTheCacheItSavesNothing() throws IOException {
        Price price =
                PriceFile.read(file("a: { input: 2, output: 3 }\n")).of("a").orElseThrow();

        assertThat(price.cached()).isEqualTo(price.input());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: { output: 3 }                     | :1: a: `input` is missing",
                "a: { input: 1, output: 3, ouput: 4 } | :1: a: unknown key `ouput`, did you mean `output`?",
                "a: { input: -1, output: 3 }          | :1: a.input: `-1` does not lie in",
                "a: { input: .nan, output: 3 }        | :1: a.input: `.nan` is not a finite number",
                "a: free                              | :1: a: unknown `free`",
                "a: [1, 2]                            | :1: a: expected keys and values",
                "[]                                   | :1: expected keys and values"
            })
    void aBrokenFileSaysWhere(String text, String message) throws IOException {
        Path broken = file(text + "\n");

        assertThatThrownBy(() -> PriceFile.read(broken))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("prices.yaml" + message);
    }

    @Test
    void aFileThatIsNamedMustBeThereAndOthersNeedNot() {
        Path gone = folder.resolve("gone.yaml");

        assertThat(PriceFile.readIfThere(gone)).isEqualTo(Prices.NONE);
        assertThatThrownBy(() -> PriceFile.read(gone))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("gone.yaml");
    }
}
