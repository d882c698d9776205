package dev.chiron.agent.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("metric", "method", "limits", "llm", "seed");

    @ParameterizedTest
    @CsvSource({"metrc,metric", "METRIC,metric", "metirc,metric", "methd,method", "limit,limits", "lm,llm", "sead,seed"
    })
    void aSlipOfThePenFindsItsWord(String slip, String word) {
        assertThat(Nearest.to(slip, KNOWN)).contains(word);
    }

    @Test
    void anotherWordFindsNone() {
        assertThat(Nearest.to("objective", KNOWN)).isEmpty();
        assertThat(Nearest.to("", KNOWN)).isEmpty();
        assertThat(Nearest.to("metric".repeat(100_000), KNOWN)).isEmpty();
        assertThat(Nearest.hint("objective", KNOWN)).isEqualTo("; known are metric, method, limits, llm, seed");
    }
}
