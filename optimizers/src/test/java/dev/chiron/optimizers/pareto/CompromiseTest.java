package dev.chiron.optimizers.pareto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompromiseTest {

    @Test
    void itIsFarFromTheBestInNothing() {
        List<double[]> front =
                List.of(new double[] {0, 1000}, new double[] {0.1, 900}, new double[] {0.4, 300}, new double[] {1, 0});
        assertThat(Compromise.of(front)).isEqualTo(2);
    }

    @Test
    void itDoesNotDependOnTheUnitsOfAnObjective() {
        List<double[]> front = List.of(
                new double[] {-5, 7e6}, new double[] {-4.9, 6e6}, new double[] {-4.6, 2e6}, new double[] {-4, 1e6});
        assertThat(Compromise.of(front)).isEqualTo(2);
    }

    @Test
    void ofEqualsItIsTheFirst() {
        assertThat(Compromise.of(List.of(new double[] {1, 2}))).isZero();
        assertThat(Compromise.of(List.of(new double[] {1, 2}, new double[] {2, 1})))
                .isZero();
        assertThat(Compromise.of(List.of(new double[] {1, 2}, new double[] {1, 2})))
                .isZero();
    }
}
