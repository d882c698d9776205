package dev.chiron.optimizers.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForestTest {

    private static Table line(int size) {
        double[][] points = new double[size][];
        double[] values = new double[size];
        for (int k = 0; k < size; k++) {
            points[k] = new double[] {(k + 0.5) / size};
            values[k] = points[k][0];
        }
        return new Table(points, values, new int[] {0});
    }

    @Test
    void theMeanFollowsTheValues() {
        Forest forest = Forest.grown(line(200), 30, new SplitMix(1));
        for (double u : new double[] {0.1, 0.42, 0.9}) {
            assertThat(forest.at(new double[] {u})[0]).isCloseTo(u, within(0.02));
        }
    }

    @Test
    void treesDisagreeWhereNothingIsKnown() {
        double[][] points = new double[40][];
        double[] values = new double[40];
        for (int k = 0; k < 40; k++) { // in two heaps
            points[k] = new double[] {k < 20 ? 0.01 * k : 1 - 0.01 * (k - 20)};
            values[k] = k < 20 ? -1 : 1;
        }
        Table ends = new Table(points, values, new int[] {0});
        Forest forest = Forest.grown(ends, 50, new SplitMix(2));
        assertThat(forest.at(new double[] {0.5})[1]).isGreaterThan(5 * forest.at(new double[] {0.0})[1]);
    }

    @Test
    void theVarianceIsThatWithinLeavesAndThatBetweenTrees() {
        Forest leaves = new Forest(List.of(new Node.Leaf(1, 4), new Node.Leaf(5, 2)));
        assertThat(leaves.at(new double[] {0.5})).containsExactly(3, Math.sqrt(3 + 4));
    }

    @Test
    void theSameSeedGrowsTheSameForest() {
        Forest one = Forest.grown(line(50), 5, new SplitMix(3));
        Forest same = Forest.grown(line(50), 5, new SplitMix(3));
        Forest other = Forest.grown(line(50), 5, new SplitMix(4));
        assertThat(one.at(new double[] {0.31})).isEqualTo(same.at(new double[] {0.31}));
        assertThat(one.at(new double[] {0.31})).isNotEqualTo(other.at(new double[] {0.31}));
    }
}
