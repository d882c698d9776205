package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Prices;
import dev.chiron.agent.spec.PriceFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PricePatternTest {

    @TempDir
    Path folder;

    @Test
    void modelsWithLongNamesThatAreMuchAlikeHaveTheirOwnPrices() throws IOException {
        String same = "x".repeat(150);
        List<String> models = List.of(
                "openai:gpt",
                "command:ask --model " + same + "a",
                "command:ask --model " + same + "b",
                "command:ask " + same + " --model c " + same,
                "command:ask " + same + " --model d " + same);
        List<Prices.Entry> entries = new ArrayList<>();
        for (String model : models) {
            BigDecimal usd = BigDecimal.valueOf(entries.size() + 1L);
            entries.add(
                    new Prices.Entry(PricePattern.of(model, models), Optional.of(new Price(usd, usd, usd, "", ""))));
        }
        Path file = Files.writeString(folder.resolve("prices.yaml"), PriceFile.text(new Prices(entries)));

        for (int model = 0; model < models.size(); model++) {
            assertThat(PriceFile.read(file).of(models.get(model)))
                    .as(models.get(model))
                    .isEqualTo(entries.get(model).price());
        }
    }
}
