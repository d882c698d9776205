package dev.chiron.optimizers.pareto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdingTest {

    @Test
    void distancesAreThoseOfOptuna() { // optuna 3.1, samplers.nsgaii._sampler._calc_crowding_distance
        double[] distances = Crowding.distances(Points.of(8, 2));
        assertThat(distances[4]).isInfinite();
        assertThat(distances[6]).isInfinite();
        assertThat(distances[7]).isInfinite();
        assertThat(distances[0]).isCloseTo(0.48349998343656836, within(1e-12));
        assertThat(distances[1]).isCloseTo(0.5692864210634738, within(1e-12));
        assertThat(distances[3]).isCloseTo(0.7558543488729683, within(1e-12));
    }

    @Test
    void anObjectiveInWhichAllAreEqualAddsNothing() {
        List<double[]> front = List.of(new double[] {0, 3}, new double[] {1, 3}, new double[] {4, 3});
        assertThat(Crowding.distances(front)).containsExactly(Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY);
        assertThat(Crowding.distances(List.of(new double[] {2, 2}))).containsExactly(0);
        assertThat(Crowding.distances(List.of())).isEmpty();
    }

    @Test
    void numbersAsLargeAsThereAreHaveARangeToo() {
        List<double[]> front =
                List.of(new double[] {-Double.MAX_VALUE, 1}, new double[] {0, 0.5}, new double[] {Double.MAX_VALUE, 0});
        assertThat(Crowding.distances(front)[1]).isEqualTo(2);
    }
}
