package dev.chiron.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SplitMixTest {

    /** The first numbers of the published generator for seed 1234567. */
    @Test
    void itIsSplitMix64() {
        SplitMix random = new SplitMix(1234567);
        assertThat(new long[] {random.nextLong(), random.nextLong(), random.nextLong()})
                .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
    }

    @Test
    void gaussiansHaveTheRightMoments() {
        SplitMix random = new SplitMix(1);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            sum += x / n;
            squares += x * x / n;
            fourth += x * x * x * x / n;
        }
        assertThat(sum).isCloseTo(0, within(0.01));
        assertThat(squares).isCloseTo(1, within(0.01));
        assertThat(fourth).isCloseTo(3, within(0.1));
    }

    @Test
    void theLongIsItsWholeState() {
        SplitMix random = new SplitMix(5);
        for (int i = 0; i < 100; i++) {
            random.nextGaussian();
            SplitMix copy = new SplitMix(random.state());
            assertThat(copy.nextGaussian()).isEqualTo(new SplitMix(random.state()).nextGaussian());
            assertThat(copy.nextInt(7)).isBetween(0, 6);
        }
        random.setSeed(5L);
        assertThat(random.state()).isEqualTo(5);
        random.setSeed(6);
        assertThat(random.state()).isEqualTo(6);
        random.setSeed(new int[] {1, 2});
        long first = random.state();
        random.setSeed(new int[] {2, 1});
        assertThat(random.state()).isNotEqualTo(first);
    }
}
