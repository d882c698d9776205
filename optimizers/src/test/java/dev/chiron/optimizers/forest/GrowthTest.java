package dev.chiron.optimizers.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final int[] NUMBERS = {0, 0, 0};

    private static Node tree(Table table, long seed) {
        int[] all = IntStream.range(0, table.size()).toArray();
        return new Growth(table, new SplitMix(seed)).tree(all);
    }

    private static Table table(int size, int[] options) {
        SplitMix random = new SplitMix(5);
        double[][] points = new double[size][options.length];
        double[] values = new double[size];
        for (int k = 0; k < size; k++) {
            for (int i = 0; i < options.length; i++) {
                points[k][i] = options[i] > 0 ? (random.nextInt(options[i]) + 0.5) / options[i] : random.nextDouble();
            }
            values[k] = points[k][0] > 0.37 ? 2 : -1;
        }
        return new Table(points, values, options);
    }

    @Test
    void aStepIsFittedExactly() {
        Table table = table(200, NUMBERS);
        for (long seed = 0; seed < 5; seed++) {
            Node tree = tree(table, seed);
            for (int k = 0; k < table.size(); k++) {
                assertThat(tree.leaf(table.points[k])).isEqualTo(new Node.Leaf(table.values[k], 0));
            }
            assertThat(tree.leaf(new double[] {0.01, 0.5, 0.5}).mean()).isEqualTo(-1);
            assertThat(tree.leaf(new double[] {0.99, 0.5, 0.5}).mean()).isEqualTo(2);
        }
    }

    @Test
    void aLeafOfOneHasNoVariance() {
        Table table = new Table(new double[][] {{0.2}, {0.7}}, new double[] {3, 8}, new int[] {0});
        Node tree = tree(table, 1);
        assertThat(tree.leaf(new double[] {0.2})).isEqualTo(new Node.Leaf(3, 0));
        assertThat(tree.leaf(new double[] {0.7})).isEqualTo(new Node.Leaf(8, 0));
    }

    @Test
    void whatCannotBeSplitKeepsMeanAndVariance() {
        Table table = new Table(new double[][] {{0.5}, {0.5}, {0.5}}, new double[] {0, 3, 6}, new int[] {0});
        assertThat(tree(table, 1)).isEqualTo(new Node.Leaf(3, 6));
    }

    @Test
    void optionsAreSplitIntoSubsetsWhateverTheirOrder() {
        double[][] points = new double[70][];
        double[] values = new double[70];
        for (int k = 0; k < 70; k++) { // 70 options, more than a long has bits
            points[k] = new double[] {(k + 0.5) / 70};
            values[k] = k % 2;
        }
        Node tree = tree(new Table(points, values, new int[] {70}), 4);
        assertThat(tree).isInstanceOf(Node.Subset.class);
        for (int k = 0; k < 70; k++) {
            assertThat(tree.leaf(points[k]).mean()).isEqualTo(k % 2);
        }
    }

    @Test
    void aSplitIsTakenWhereItExplainsMost() {
        Table table = table(500, new int[] {0, 0, 0, 0, 0});
        int first = 0;
        for (long seed = 0; seed < 100; seed++) {
            Node tree = tree(table, seed);
            first += tree instanceof Node.Cut cut && cut.coordinate() == 0 ? 1 : 0;
        }
        assertThat(first).isGreaterThan(90);
    }

    @Test
    void theSameSeedGrowsTheSameTree() {
        Table table = table(100, new int[] {0, 3, 0});
        assertThat(tree(table, 6)).isEqualTo(tree(table, 6)).isNotEqualTo(tree(table, 7));
    }

    @Test
    void pointsThatNearlyCoincideEndInALeaf() {
        double[][] points = new double[2000][1];
        double[] values = new double[points.length];
        for (int k = 0; k < points.length; k++) {
            points[k][0] = 1 / Math.pow(1.5, k); // down to denormal numbers and 0
            values[k] = k % 2 == 0 ? 1 : -1;
        }
        Node tree = tree(new Table(points, values, new int[] {0}), 1);
        assertThat(depth(tree)).isLessThanOrEqualTo(64);
        assertThat(tree.leaf(new double[] {0}).mean()).isCloseTo(0, within(1.0));
    }

    private static int depth(Node tree) {
        Deque<Node> level = new ArrayDeque<>();
        level.add(tree);
        int depth = -1;
        while (!level.isEmpty()) {
            depth++;
            for (int left = level.size(); left > 0; left--) {
                Node node = level.remove();
                if (node instanceof Node.Cut cut) {
                    level.add(cut.below());
                    level.add(cut.above());
                }
            }
        }
        return depth;
    }
}
