package dev.chiron.optimizers.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RanksTest {

    @Test
    void onlyTheOrderCounts() {
        double[] some = Ranks.standardised(new double[] {3, 1, 2, 7});
        double[] extreme = Ranks.standardised(new double[] {1e300, -Double.MAX_VALUE, 0, Double.MAX_VALUE});
        assertThat(some).containsExactly(extreme);
        assertThat(new double[] {some[1], some[2], some[0], some[3]}).isSorted();
    }

    @Test
    void theyHaveMeanZeroAndVarianceOne() {
        double[] values = Ranks.standardised(new double[] {5, 5, 1, 9, 4, -3});
        assertThat(values[0]).isEqualTo(values[1]);
        assertThat(Arrays.stream(values).sum()).isCloseTo(0, within(1e-12));
        assertThat(Arrays.stream(values).map(v -> v * v).sum()).isCloseTo(6, within(1e-12));
    }

    @Test
    void differencesAreLargestAmongTheBest() {
        double[] values = Ranks.standardised(new double[] {1, 2, 3, 4, 5});
        assertThat(values[1] - values[0]).isGreaterThan(4 * (values[4] - values[3]));
    }

    @Test
    void lossesAllAlikeSayNothing() {
        assertThat(Ranks.standardised(new double[] {2, 2, 2})).containsOnly(0);
        assertThat(Ranks.standardised(new double[] {})).isEmpty();
    }
}
