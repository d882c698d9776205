package dev.chiron.evals.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    @Test
    void poolsWithinConfigsInTheirOwnScale() {
        Repeats repeats = new Repeats();
        repeats.add(List.of(1.0, 3.0), 1); // squares 2, freedom 1
        repeats.add(List.of(10.0, 20.0, 30.0), 10); // squares 2, freedom 2
        repeats.add(List.of(7.0), 1);

        assertThat(repeats.freedom()).isEqualTo(3);
        assertThat(repeats.deviation().orElseThrow()).isCloseTo(Math.sqrt(4 / 3.0), within(1e-15));
    }

    @Test
    void saysNothingWithoutRepeats() {
        Repeats repeats = new Repeats();
        repeats.add(List.of(7.0), 1);

        assertThat(repeats.deviation()).isEmpty();
    }
}
