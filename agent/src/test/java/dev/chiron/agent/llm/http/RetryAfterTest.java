package dev.chiron.agent.llm.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "7, -, 7000",
                "1.5, -, 1500",
                "'Sat, 21 Nov 2026 06:00:30 GMT', -, 30000",
                "'Sat, 21 Nov 2026 05:00:30 GMT', -, 0",
                "7, 250, 250",
                "7, soon, 7000",
                "soon, -, 0",
                "-3, -, 0",
                "NaN, -, 0",
                "-, -, 0"
            })
    void readsSecondsDatesAndMilliseconds(String retryAfter, String retryAfterMs, long millis) {
        assertThat(RetryAfter.of(retryAfter, retryAfterMs, NOW)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void aHugeWaitDoesNotOverflow() {
        assertThat(RetryAfter.of("1e300", null, NOW)).isPositive();
    }
}
