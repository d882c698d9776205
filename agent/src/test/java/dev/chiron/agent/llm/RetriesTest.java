package dev.chiron.agent.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {

    @Test
    void waitsGrowToACapAndRepeatWithTheSeed() throws InterruptedException {
        List<Duration> first = waits(5);
        assertThat(first).isEqualTo(waits(5)).isNotEqualTo(waits(6));
        assertThat(first.get(29)).isEqualTo(Duration.ofMinutes(2));
        assertThat(first).isSorted();
    }

    private static List<Duration> waits(long seed) throws InterruptedException {
        List<Duration> waits = new ArrayList<>();
        Retries retries = new Retries(30, waits::add, seed);
        for (int i = 0; i < 30; i++) {
            retries.pause(i, Duration.ZERO);
        }
        return waits;
    }
}
