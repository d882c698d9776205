package dev.chiron.optimizers.pareto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SubsetTest {

    @Test
    void whatIsChosenIsWhatOptunaChooses() { // optuna 3.1, _hypervolume.hssp._solve_hssp
        assertThat(Subset.greedy(Points.of(30, 2), Points.all(2, 1.1), 6)).containsExactly(4, 12, 16, 28, 0, 1);
        assertThat(Subset.greedy(Points.of(30, 3), Points.all(3, 1.1), 6)).containsExactly(9, 25, 21, 4, 17, 12);
    }

    @Test
    void thereAreNoMoreThanThereAre() {
        List<double[]> two = List.of(new double[] {0, 1}, new double[] {1, 0});
        assertThat(Subset.greedy(two, new double[] {2, 2}, 5)).containsExactlyInAnyOrder(0, 1);
        assertThat(Subset.greedy(List.of(), new double[] {2, 2}, 5)).isEmpty();
    }
}
