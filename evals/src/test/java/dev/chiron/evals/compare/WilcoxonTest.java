package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

/** Against SciPy's {@code wilcoxon}. */
class WilcoxonTest {

    private static final double[] EIGHT = {-.0020, -.0011, .0003, -.0025, -.0007, -.0016, .0005, -.0031};
    private static final double[] TWELVE = {.5, -.2, .1, 0, .7, .3, -.1, .4, .6, .2, 0, .8};

    @Test
    void isExactForFewDifferences() {
        assertThat(Wilcoxon.pLess(EIGHT)).isCloseTo(.01953125, within(1e-12));
        assertThat(Wilcoxon.pLess(negated(EIGHT))).isCloseTo(.98828125, within(1e-12));
    }

    @Test
    void leavesZerosOutAndCorrectsForTies() {
        assertThat(Wilcoxon.pLess(TWELVE)).isCloseTo(.9891733934, within(1e-9));
        assertThat(Wilcoxon.pLess(negated(TWELVE))).isCloseTo(.01082660664, within(1e-9));
    }

    @Test
    void reachesTheLeastPossibleProbability() {
        assertThat(Wilcoxon.pLess(new double[] {-1, -2, -3})).isEqualTo(.125);
        assertThat(Wilcoxon.pLess(new double[] {-1, -2, -3, -4, -5})).isEqualTo(.03125);
        assertThat(Wilcoxon.pLess(new double[] {-1, -2, -3, -4, -5, -6, -7, -8}))
                .isEqualTo(.00390625);
    }

    @Test
    void agreesWithTheTwoSidedTestOfCommonsMath() {
        double[] zeros = new double[EIGHT.length];
        double twoSided = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(EIGHT, zeros, true);
        assertThat(2 * Wilcoxon.pLess(EIGHT)).isCloseTo(twoSided, within(1e-12));
    }

    @Test
    void seesNothingInEqualPairs() {
        assertThat(Wilcoxon.pLess(new double[0])).isEqualTo(1);
        assertThat(Wilcoxon.pLess(new double[] {0, 0, 0})).isEqualTo(1);
    }

    @Test
    void takesAnInfiniteDifferenceAsTheLargest() {
        double infinite = Wilcoxon.pLess(new double[] {Double.NEGATIVE_INFINITY, 1, -2});
        assertThat(infinite).isEqualTo(Wilcoxon.pLess(new double[] {-3, 1, -2}));
    }

    @Test
    void goesOverToTheNormalDistributionWithoutAStep() {
        double[] fifty = new double[50];
        Arrays.setAll(fifty, i -> (i % 3 == 0 ? 1 : -1) * (i + 1.0));
        double[] more = Arrays.copyOf(fifty, 51);
        more[50] = -0.5;
        assertThat(Wilcoxon.pLess(more)).isCloseTo(Wilcoxon.pLess(fifty), within(0.002));
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(v -> -v).toArray();
    }
}
