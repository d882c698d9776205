package dev.chiron.agent.llm.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {

    @ParameterizedTest
    @CsvSource({
        "0, $0",
        "0.0000, $0",
        "0.0000012345, $0.0000012",
        "0.012, $0.012",
        "0.1, $0.10",
        "0.999, $1.00",
        "1, $1.00",
        "12.345, $12.35",
        "1E+3, $1000.00"
    })
    void sumsAreWrittenToTheCentOrTwoDigits(String usd, String text) {
        assertThat(Dollars.text(new BigDecimal(usd))).isEqualTo(text);
    }
}
