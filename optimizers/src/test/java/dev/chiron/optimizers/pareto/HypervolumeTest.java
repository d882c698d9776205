package dev.chiron.optimizers.pareto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeTest {

    /** Of optuna 3.1, {@code optuna._hypervolume.WFG}. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 0.3305257539124584",
        "2, 2, 0.4342573618368786",
        "2, 7, 1.0390466494218633",
        "2, 30, 1.1015842330897203",
        "3, 1, 0.12161668422977713",
        "3, 2, 0.2226510200020555",
        "3, 7, 0.6413398094601787",
        "3, 30, 1.0229665497991407",
        "4, 1, 0.10506854797640079",
        "4, 2, 0.16850437471831417",
        "4, 7, 0.5198553321190321",
        "4, 30, 1.020396486650114"
    })
    void volumesAreThoseOfOptuna(int dimensions, int points, double volume) {
        assertThat(Hypervolume.of(Points.of(points, dimensions), Points.all(dimensions, 1.1)))
                .isCloseTo(volume, within(1e-12));
    }

    /** Points on a coarse grid dominate a number of its cells, which can be counted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void onAGridItIsTheNumberOfDominatedCells(int dimensions) {
        int side = 5;
        SplitMix random = new SplitMix(dimensions);
        for (int round = 0; round < 20; round++) {
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                double[] point = new double[dimensions];
                for (int k = 0; k < dimensions; k++) {
                    point[k] = random.nextInt(side + 1); // some lie on the border, and dominate nothing
                }
                points.add(point);
            }
            assertThat(Hypervolume.of(points, Points.all(dimensions, side)))
                    .isEqualTo(dominatedCells(points, dimensions, side));
        }
    }

    private static long dominatedCells(List<double[]> points, int dimensions, int side) {
        long count = 0;
        for (int cell = 0; cell < Math.pow(side, dimensions); cell++) {
            double[] corner = new double[dimensions];
            int rest = cell;
            for (int k = 0; k < dimensions; k++) {
                corner[k] = rest % side;
                rest /= side;
            }
            count += points.stream()
                            .anyMatch(point -> java.util.stream.IntStream.range(0, dimensions)
                                    .allMatch(k -> point[k] <= corner[k]))
                    ? 1
                    : 0;
        }
        return count;
    }

    @Test
    void whatIsNotBelowTheReferenceAddsNothing() {
        double[] reference = {1, 1};
        assertThat(Hypervolume.of(List.of(new double[] {2, -5}, new double[] {0.5, 1}), reference))
                .isZero();
        assertThat(Hypervolume.of(List.of(), reference)).isZero();
        assertThat(Hypervolume.gain(new double[] {1.5, 0}, List.of(), reference))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void whatAPointAddsIsTheDifference(int dimensions) {
        List<double[]> points = Points.of(20, dimensions);
        double[] reference = Points.all(dimensions, 1.1);
        for (int i = 0; i < 19; i++) {
            List<double[]> before = points.subList(0, i);
            double difference = Hypervolume.of(points.subList(0, i + 1), reference) - Hypervolume.of(before, reference);
            assertThat(Hypervolume.gain(points.get(i), before, reference)).isCloseTo(difference, within(1e-12));
        }
    }
}
