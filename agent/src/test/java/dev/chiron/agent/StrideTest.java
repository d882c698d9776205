package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrideTest {

    @Test
    void eachOfTheFirstCounts() {
        assertThat(IntStream.range(0, 500))
                .allSatisfy(trials -> assertThat(Stride.last(trials)).isEqualTo(trials));
    }

    @Test
    void laterOnesCountByWhatTheyAddToAll() {
        assertThat(Stride.last(500)).isEqualTo(500);
        assertThat(Stride.last(501)).isEqualTo(500);
        assertThat(Stride.last(100_000)).isEqualTo(99_840);
        assertThat(IntStream.rangeClosed(1, 100_000).filter(trials -> Stride.last(trials) == trials))
                .hasSizeLessThan(3_000);
        assertThat(IntStream.rangeClosed(500, 100_000))
                .allSatisfy(trials -> assertThat((double) (trials - Stride.last(trials)) / trials)
                        .isLessThan(1 / 250.0));
    }

    @Test
    void itNeverGoesBack() {
        for (int trials = 1; trials < 10_000; trials++) {
            assertThat(Stride.last(trials)).isGreaterThanOrEqualTo(Stride.last(trials - 1));
        }
    }
}
