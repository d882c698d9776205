package dev.chiron.optimizers.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEiTest {

    @ParameterizedTest
    @CsvSource({".5, .1, .45, .01977965574013061", ".5, .1, .6, .10833154705876862", ".4, 1e-5, .5, .1"})
    void itIsTheLogarithmOfTheExpectedImprovement(double mean, double deviation, double best, double improvement) {
        assertThat(LogEi.of(mean, deviation, best)).isCloseTo(Math.log(improvement), within(1e-12));
    }

    /** By mpmath with 50 digits: log(pdf(z) + z cdf(z)). */
    @ParameterizedTest
    @CsvSource({
        "5, 1.6094379231264314",
        "1, 0.08002621884930694",
        "0, -0.91893853320467274",
        "-1, -2.4851210257126413",
        "-2.99, -7.8344066965089733",
        "-3.01, -7.9050534622565801",
        "-5, -16.74430116266099",
        "-10, -55.553122036122356",
        "-38, -730.19618340211374",
        "-1000, -500014.73445209116",
        "-1e8, -5000000000000037.8"
    })
    void theTailsAreThoseOfHighPrecision(double z, double expected) {
        assertThat(LogEi.logH(z)).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-50, -8, -3.1, -2.9, -1, 0, 2, 9})
    void theSlopeIsThatOfDifferences(double z) {
        double difference = (LogEi.logH(z + 1e-5) - LogEi.logH(z - 1e-5)) / 2e-5;
        assertThat(LogEi.slope(z)).isCloseTo(difference, within(1e-5 * Math.abs(difference) + 1e-9));
    }

    @Test
    void farTailsAreFiniteAndInOrder() {
        double last = Double.POSITIVE_INFINITY;
        for (double z = 1e6; z >= -1e150; z = z > 1 ? z / 10 : z > -1 ? z - 0.5 : z * 10) {
            assertThat(LogEi.logH(z)).isFinite().isLessThan(last);
            assertThat(LogEi.slope(z)).isFinite().isGreaterThanOrEqualTo(0);
            last = LogEi.logH(z);
        }
    }
}
