package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "8, 8",
        "+8, 8",
        "-8, -8",
        "010, 10",
        "524_288, 524288",
        "2**19, 524288",
        "2 ** 19, 524288",
        "-2**2, -4",
        "2**62, 4611686018427387904",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void wholeNumbersAreReadExactly(String text, long number) {
        assertThat(Quantity.number(text)).contains(new Value.Whole(number));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4, 1e-4",
        "1E5, 1e5",
        ".5, 0.5",
        "5., 5",
        "-1.5e+3, -1500",
        "1_000.5, 1000.5",
        "2**-3, 0.125",
        "0.5**2, 0.25",
        "1e-400, 0",
        "-0.0, 0",
    })
    void realNumbersAreRead(String text, double number) {
        assertThat(Quantity.number(text)).contains(new Value.Real(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "e5",
                "1e",
                "1__0",
                "_1",
                "1_",
                "0x10",
                "1:30",
                "nan",
                ".inf",
                "1e999",
                "9223372036854775808",
                "2**63",
                "2**2**2",
                "10**9999",
                "2**",
                "**2",
                "1 2",
                "1,5",
                "١",
                "9999999999999999999**999",
                "11111111111111111111111111111111111111111111111111111111111111111111"
            })
    void anythingElseIsNoNumber(String text) {
        assertThat(Quantity.number(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10m, 600000",
        "90s, 90000",
        "24h, 86400000",
        "1h30m, 5400000",
        "500ms, 500",
        "1.5h, 5400000",
        "2d, 172800000",
        "1m500ms, 60500",
        "0s, 0",
    })
    void durationsAreRead(String text, long millis) {
        assertThat(Quantity.duration(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "m", "10 m", "-1m", "1h 30m", "0.1ms", "10M", "1y", "1m30", "99999999999999999999d"})
    void anythingElseIsNoDuration(String text) {
        assertThat(Quantity.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "16g, 17179869184",
        "512m, 536870912",
        "64k, 65536",
        "1000, 1000",
        "1.5GiB, 1610612736",
        "2MB, 2097152",
        "1t, 1099511627776",
        "7b, 7",
    })
    void sizesAreRead(String text, long bytes) {
        assertThat(Quantity.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "g", "-1g", "1.5", "16 g", "1p", "9999999999t", "0.3k"})
    void anythingElseIsNoSize(String text) {
        assertThat(Quantity.size(text)).isEmpty();
    }

    @Test
    void whatIsWrittenReadsBack() {
        for (long number : new long[] {1, 999, 1000, 1024, 61_001, 3_600_000, 86_400_000, 90_061_001, 1L << 34}) {
            assertThat(Quantity.duration(Quantity.text(Duration.ofMillis(number))))
                    .contains(Duration.ofMillis(number));
            assertThat(Quantity.size(Quantity.text(number))).contains(number);
        }
        assertThat(Quantity.text(1L << 34)).isEqualTo("16g");
        assertThat(Quantity.text(0)).isEqualTo("0");
        assertThat(Quantity.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
    }
}
