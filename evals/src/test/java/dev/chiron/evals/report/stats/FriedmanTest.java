package dev.chiron.evals.report.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class FriedmanTest {

    /** Demšar 2006, table 6: the ranks of C4.5, C4.5+m, C4.5+cf and C4.5+m+cf on 14 data sets. */
    private static final List<double[]> DEMSAR = List.of(
            new double[] {4, 3, 2, 1},
            new double[] {1, 2, 3, 4},
            new double[] {4, 1, 2, 3},
            new double[] {4, 1, 3, 2},
            new double[] {4, 2, 3, 1},
            new double[] {1, 2.5, 4, 2.5},
            new double[] {3, 2, 4, 1},
            new double[] {2.5, 2.5, 4, 1},
            new double[] {4, 3, 2, 1},
            new double[] {2.5, 2.5, 2.5, 2.5},
            new double[] {4, 2.5, 1, 2.5},
            new double[] {3, 2, 4, 1},
            new double[] {4, 1, 2, 3},
            new double[] {3, 1, 4, 2});

    @Test
    void findsDemsarsRanksAndStatistic() {
        Friedman friedman = Friedman.of(DEMSAR);
        double ties = 1 - (6 + 6 + 60 + 6) / (14.0 * 4 * 15); // he does not correct for them

        assertThat(friedman.blocks()).isEqualTo(14);
        assertThat(friedman.meanRanks().get(0)).isCloseTo(3.143, within(0.0005));
        assertThat(friedman.meanRanks().get(1)).isCloseTo(2.000, within(0.0005));
        assertThat(friedman.meanRanks().get(2)).isCloseTo(2.893, within(0.0005));
        assertThat(friedman.meanRanks().get(3)).isCloseTo(1.964, within(0.0005));
        assertThat(friedman.chiSquare() * ties).isCloseTo(9.28, within(0.01));
        assertThat(friedman.pF()).isBetween(0.005, 0.02); // his F of 3.69 is above 2.85, the critical value at .05
    }

    @Test
    void isSureWhereAllBlocksAgree() {
        Friedman friedman =
                Friedman.of(List.of(new double[] {1, 2, 3}, new double[] {4, 5, 6}, new double[] {7, 8, 9}));

        assertThat(friedman.chiSquare()).isCloseTo(6, within(1e-9));
        assertThat(friedman.p()).isCloseTo(0.0498, within(0.0001)); // chi-square with 2 degrees of freedom
        assertThat(friedman.pF()).isZero();
    }

    @Test
    void saysNothingWhereAllAreTied() {
        Friedman friedman = Friedman.of(List.of(new double[] {1, 1}, new double[] {2, 2}));

        assertThat(friedman.meanRanks()).containsExactly(1.5, 1.5);
        assertThat(friedman.p()).isEqualTo(1);
        assertThat(friedman.pF()).isEqualTo(1);
    }

    @Test
    void ranksInfiniteLossesLast() {
        assertThat(Friedman.ranks(new double[] {Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY}))
                .containsExactly(2.5, 1, 2.5);
    }
}
