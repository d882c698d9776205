package dev.chiron.optimizers.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.gp.Descent.Slope;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.surrogate.Leaning;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegressionTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static final Hyperparameters SIMPLE = new Hyperparameters(new double[] {4}, 2, 0.1);

    @Test
    void theKernelIsMatern() {
        Kernel kernel = new Kernel(new boolean[] {false, true}, new Hyperparameters(new double[] {4, 0.25}, 2, 0.1));
        double r = Math.sqrt(4 * 0.09 + 0.25); // options differ, however far their coordinates
        double expected = 2 * (1 + Math.sqrt(5) * r + 5.0 / 3 * r * r) * Math.exp(-Math.sqrt(5) * r);
        assertThat(kernel.at(new double[] {0.1, 0.25}, new double[] {0.4, 0.75}))
                .isCloseTo(expected, EXACT);
        assertThat(kernel.at(new double[] {0.1, 0.25}, new double[] {0.1, 0.25}))
                .isEqualTo(2);
    }

    @Test
    void twoPointsGiveWhatTheTwoByTwoInverseGives() {
        double[] a = {0.2};
        double[] b = {0.7};
        double[] x = {0.35};
        Data data = new Data(new double[][] {a, b}, new double[] {1, -0.5}, new double[] {1, 4}, new boolean[1]);
        Regression regression = new Regression(data, SIMPLE);
        Kernel kernel = new Kernel(new boolean[1], SIMPLE);
        double kaa = 2 + 0.1;
        double kbb = 2 + 0.1 / 4; // measured four times
        double kab = kernel.at(a, b);
        double determinant = kaa * kbb - kab * kab;
        double xa = kernel.at(x, a);
        double xb = kernel.at(x, b);
        double wa = (kbb * xa - kab * xb) / determinant;
        double wb = (kaa * xb - kab * xa) / determinant;
        double[][] both = regression.at(new double[][] {x, a});
        assertThat(both[0][0]).isCloseTo(wa - 0.5 * wb, EXACT);
        assertThat(both[1][0]).isCloseTo(Math.sqrt(2 - wa * xa - wb * xb), EXACT);
        assertThat(regression.mean(x)).isCloseTo(wa - 0.5 * wb, EXACT);
        assertThat(regression.logDeterminant()).isCloseTo(Math.log(determinant), EXACT);
        assertThat(regression.leastMean()).isCloseTo(regression.mean(b), EXACT);
        assertThat(regression.local(x).mean).isCloseTo(both[0][0], EXACT);
        assertThat(regression.local(x).deviation).isCloseTo(both[1][0], EXACT);
    }

    /** Draws have the process's means and deviations, and neighbours go together as its kernel has it. */
    @Test
    void drawnFunctionsAreThoseOfTheProcess() {
        Data data =
                new Data(new double[][] {{0.2}, {0.7}}, new double[] {1, -0.5}, new double[] {1, 4}, new boolean[1]);
        Regression regression = new Regression(data, SIMPLE);
        double[][] points = {{0.21}, {0.45}, {0.46}, {0.45}};
        double[][] known = regression.at(points);
        SplitMix random = new SplitMix(1);
        int draws = 4000;
        double[] sums = new double[points.length];
        double[] squares = new double[points.length];
        double apart = 0;
        for (int k = 0; k < draws; k++) {
            double[] drawn = regression.draw(points, random);
            for (int p = 0; p < drawn.length; p++) {
                sums[p] += drawn[p];
                squares[p] += (drawn[p] - known[0][p]) * (drawn[p] - known[0][p]);
            }
            apart = Math.max(apart, Math.abs(drawn[1] - drawn[3]));
        }
        for (int p = 0; p < points.length; p++) {
            assertThat(sums[p] / draws).isCloseTo(known[0][p], within(4 * known[1][p] / Math.sqrt(draws)));
            assertThat(Math.sqrt(squares[p] / draws)).isCloseTo(known[1][p], within(0.05 * known[1][p]));
        }
        assertThat(apart).isLessThan(1e-3); // one and the same point
    }

    @Test
    void pointsThatCoincideDoNotBreakIt() {
        double[][] points = new double[20][];
        double[] ones = new double[20];
        for (int i = 0; i < 20; i++) {
            points[i] = new double[] {0.5 + i * 1e-17};
            ones[i] = 1;
        }
        Data data = new Data(points, ones, ones, new boolean[1]);
        Regression regression = new Regression(data, new Hyperparameters(new double[] {1}, 1e4, 1e-20));
        assertThat(regression.mean(points[0])).isCloseTo(1, within(1e-3));
    }

    @Test
    void theLikelihoodsGradientIsThatOfItsDifferences() {
        Likelihood likelihood = new Likelihood(random(15));
        double[] logs = {0.5, -1, 1.2, 0.3, -4};
        Slope slope = likelihood.at(logs);
        for (int i = 0; i < logs.length; i++) {
            double[] above = logs.clone();
            double[] below = logs.clone();
            above[i] += 1e-5;
            below[i] -= 1e-5;
            double difference = (likelihood.at(above).value - likelihood.at(below).value) / 2e-5;
            assertThat(slope.gradient[i]).isCloseTo(difference, within(1e-6));
        }
    }

    @Test
    void theFitIsNoWorseThanItsStarts() {
        Likelihood likelihood = new Likelihood(random(30));
        double[] start = Hyperparameters.initial(3).logs();
        double[] fitted = likelihood.fit(List.of(start));
        assertThat(likelihood.at(fitted).value).isLessThan(likelihood.at(start).value - 1);
        for (double derivative : likelihood.at(fitted).gradient) {
            assertThat(derivative).isCloseTo(0, within(0.3));
        }
    }

    @Test
    void theAcquisitionsGradientIsThatOfItsDifferences() {
        Hyperparameters h = new Hyperparameters(new double[] {2, 5, 1}, 1.3, 0.02);
        Regression regression = new Regression(random(15), h);
        SearchSpace space = SearchSpace.of(
                new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false), Choice.of("z", "a", "b"));
        Map<String, Double> widths = Map.of("x", 0.5, "y", 0.4, "z", 0.3);
        Prior prior = Prior.around(space, space.decode(new double[] {0.2, 0.3, 0.25}), widths);
        for (double best : new double[] {0, -1, -30}) {
            Acquisition acquisition = new Acquisition(regression, best, new Leaning(Optional.of(prior), 20));
            double[] point = {0.41, 0.77, 0.25};
            Slope slope = acquisition.descending(point);
            assertThat(acquisition.at(new double[][] {point})[0]).isCloseTo(-slope.value, within(1e-9));
            for (int i = 0; i < 2; i++) {
                double[] above = point.clone();
                double[] below = point.clone();
                above[i] += 1e-6;
                below[i] -= 1e-6;
                double difference = (acquisition.descending(above).value - acquisition.descending(below).value) / 2e-6;
                assertThat(slope.gradient[i]).isCloseTo(difference, within(1e-5 * (1 + Math.abs(difference))));
            }
        }
    }

    /** The third coordinate is an unordered choice of two options. */
    private static Data random(int n) {
        SplitMix random = new SplitMix(5);
        double[][] points = new double[n][];
        double[] values = new double[n];
        double[] repeats = new double[n];
        for (int i = 0; i < n; i++) {
            points[i] = new double[] {random.nextDouble(), random.nextDouble(), random.nextBoolean() ? 0.25 : 0.75};
            values[i] = Math.sin(5 * points[i][0]) + points[i][2];
            repeats[i] = 1 + i % 2;
        }
        return new Data(points, values, repeats, new boolean[] {false, false, true});
    }

    @Test
    void aSubsetKeepsTheBestTheLatestAndASpread() {
        Data some = random(100).atMost(40);
        assertThat(some.size()).isEqualTo(40);
        double[] sorted = random(100).values.clone();
        Arrays.sort(sorted);
        assertThat(some.values).contains(Arrays.copyOf(sorted, 20));
        assertThat(some.values).contains(Arrays.copyOfRange(random(100).values, 90, 100));
        assertThat(random(100).atMost(100).size()).isEqualTo(100);
    }
}
