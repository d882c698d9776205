package dev.chiron.optimizers.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void lossesOfEverySizeStayFiniteAndInOrder() {
        double[] losses = {-Double.MAX_VALUE, -1e300, -1, 0, Double.MIN_VALUE, 3, 1e200, Double.MAX_VALUE};
        double[] z = Outcomes.standardised(losses);
        assertThat(z).isSorted();
        assertThat(Arrays.stream(z).allMatch(Double::isFinite)).isTrue();
        assertThat(Arrays.stream(z).sum()).isCloseTo(0, within(1e-9));
    }

    @Test
    void aHugeLossDoesNotFlattenTheOthers() {
        double[] z = Outcomes.standardised(new double[] {1, 2, 3, 4, 1e300});
        assertThat(z[2] - z[0]).isGreaterThan(0.005);
        assertThat(z[1] - z[0]).isCloseTo(z[2] - z[1], within(1e-9));
    }

    @Test
    void alikeTheySayNothing() {
        assertThat(Outcomes.standardised(new double[] {1e300, 1e300})).containsOnly(0);
        assertThat(Outcomes.standardised(new double[] {0, 0, 0})).containsOnly(0);
        assertThat(Outcomes.standardised(new double[] {Double.MIN_VALUE})).containsOnly(0);
    }
}
