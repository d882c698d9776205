package dev.chiron.evals.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.evals.report.stats.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final double[] VALUES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    @Test
    void isAboutAsWideAsTheNormalInterval() {
        Interval interval = new Bootstrap(10, 10_000).mean(VALUES);
        double half = 1.96 * Math.sqrt(8.25 / 10); // of the values' own distribution

        assertThat(interval.mean()).isEqualTo(5.5);
        assertThat(interval.low()).isCloseTo(5.5 - half, within(0.1));
        assertThat(interval.high()).isCloseTo(5.5 + half, within(0.1));
    }

    @Test
    void alwaysSaysTheSame() {
        assertThat(new Bootstrap(10, 500).mean(VALUES)).isEqualTo(new Bootstrap(10, 500).mean(VALUES));
    }

    @Test
    void hasNoWidthWithoutSpread() {
        assertThat(new Bootstrap(3, 100).mean(new double[] {2, 2, 2})).isEqualTo(new Interval(2, 2, 2));
    }
}
