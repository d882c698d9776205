package dev.chiron.evals.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NemenyiTest {

    @ParameterizedTest
    @CsvSource({
        "2, 1.960, 1.645",
        "3, 2.343, 2.052",
        "4, 2.569, 2.291",
        "5, 2.728, 2.459",
        "6, 2.850, 2.589",
        "7, 2.949, 2.693",
        "8, 3.031, 2.780",
        "9, 3.102, 2.855",
        "10, 3.164, 2.920"
    })
    void hasTheCriticalValuesOfDemsarsTable(int methods, double five, double ten) {
        assertThat(Nemenyi.critical(methods, 0.05)).isCloseTo(five, within(0.0011)); // some of his are rounded down
        assertThat(Nemenyi.critical(methods, 0.10)).isCloseTo(ten, within(0.0011));
    }

    @Test
    void hasDemsarsCriticalDifference() {
        assertThat(Nemenyi.criticalDifference(4, 14, 0.05)).isCloseTo(1.25, within(0.005));
        assertThat(Nemenyi.criticalDifference(4, 14, 0.10)).isCloseTo(1.12, within(0.005));
    }

    @Test
    void goesOnWhereTheTableEnds() {
        assertThat(Nemenyi.critical(40, 0.05)).isBetween(3.8, 4.2).isGreaterThan(Nemenyi.critical(20, 0.05));
    }
}
