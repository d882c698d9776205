package dev.chiron.evals.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AcrossTasksTest {

    private static final List<String> METHODS = List.of("a", "b");

    private static List<double[]> rows(double[] a, double[] b) {
        return IntStream.range(0, a.length)
                .mapToObj(i -> new double[] {a[i], b[i]})
                .toList();
    }

    private static PairTests.Test test(PairTests tests, String method, String other) {
        return tests.find(method, other).orElseThrow();
    }

    /** SciPy 1.10: wilcoxon((a - b) / range, alternative="less" and "greater", mode="exact"); of a - b alone it is .078. */
    @Test
    void weighsTasksByTheirRangesAndAgreesWithSciPy() {
        PairTests tests = AcrossTasks.tests(
                METHODS,
                rows(new double[] {1, 20, .30, 400, 5, 6.5, .07}, new double[] {1.5, 22, .29, 500, 5.05, 6.1, .09}),
                List.of(2.0, 10.0, .1, 250.0, 1.0, 1.25, .04));

        assertThat(test(tests, "a", "b").p()).isCloseTo(0.1484375, within(1e-12));
        assertThat(test(tests, "b", "a").p()).isCloseTo(0.890625, within(1e-12));
        assertThat(test(tests, "a", "b").adjusted()).isCloseTo(0.296875, within(1e-12));
        assertThat(test(tests, "a", "b").wins()).isEqualTo(5);
    }

    @Test
    void countsATaskWhereBothFailedForNobody() {
        double none = Double.POSITIVE_INFINITY;
        PairTests tests = AcrossTasks.tests(
                METHODS,
                rows(new double[] {1, 1, 1, 1, 1, 1, none, 2}, new double[] {2, 3, 4, 5, 6, none, none, 2}),
                List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, Double.NEGATIVE_INFINITY, 0.0));

        assertThat(test(tests, "a", "b").p()).isCloseTo(1 / 64.0, within(1e-12));
        assertThat(test(tests, "b", "a").p()).isEqualTo(1);
    }

    @Test
    void saysNothingOfFewTasks() {
        PairTests tests = AcrossTasks.tests(METHODS, rows(new double[] {1, 1}, new double[] {2, 2}), List.of(1.0, 1.0));

        assertThat(test(tests, "a", "b").p()).isNaN();
    }
}
