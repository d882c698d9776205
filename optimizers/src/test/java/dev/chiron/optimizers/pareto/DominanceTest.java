package dev.chiron.optimizers.pareto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DominanceTest {

    @Test
    void whatIsNoWorseInAnythingAndBetterInSomethingDominates() {
        assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {1, 3}))
                .isTrue();
        assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {1, 2}))
                .isFalse();
        assertThat(Dominance.dominates(new double[] {1, 2}, new double[] {0, 3}))
                .isFalse();
    }

    @Test
    void ranksAreThoseOfOptuna() { // optuna 3.1, samplers._tpe.sampler._calculate_nondomination_rank
        assertThat(Dominance.ranks(Points.of(30, 2)))
                .containsExactly(
                        5, 3, 3, 5, 0, 6, 4, 4, 6, 1, 7, 5, 0, 7, 2, 8, 0, 1, 8, 3, 9, 1, 2, 9, 4, 1, 2, 3, 0, 5);
        assertThat(Dominance.ranks(Points.of(30, 3)))
                .containsExactly(
                        2, 1, 1, 2, 0, 1, 1, 2, 2, 0, 0, 2, 0, 1, 1, 2, 0, 0, 3, 1, 2, 0, 1, 2, 0, 0, 1, 1, 0, 2);
    }

    /** By definition: the front of what is left, again and again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void ranksAreTheFrontsOfWhatIsLeft(int dimensions) {
        List<double[]> points = new ArrayList<>(Points.of(120, dimensions));
        points.addAll(Points.of(20, dimensions)); // equal ones share a rank
        int[] ranks = Dominance.ranks(points);
        for (int i = 0; i < points.size(); i++) {
            int worst = -1;
            for (int j = 0; j < points.size(); j++) {
                if (Dominance.dominates(points.get(j), points.get(i))) {
                    worst = Math.max(worst, ranks[j]);
                }
            }
            assertThat(ranks[i]).isEqualTo(worst + 1);
        }
    }

    @Test
    void equalPointsAreAllOnTheFront() {
        assertThat(Dominance.front(List.of(new double[] {1, 1}, new double[] {2, 1}, new double[] {1, 1})))
                .containsExactly(0, 2);
        assertThat(Dominance.front(List.of())).isEmpty();
    }
}
