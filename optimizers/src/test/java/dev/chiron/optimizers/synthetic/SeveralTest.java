package dev.chiron.optimizers.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the papers' own fronts, and values worked out by hand. */
class SeveralTest {

    private static double[] values(String name, double first, double second, double others) {
        Several function = Several.named(name);
        double[] x = new double[function.space().size()];
        Arrays.fill(x, others);
        x[0] = first;
        if (function.reference().size() == 3) {
            x[1] = second;
        }
        return function.function().apply(x);
    }

    @ParameterizedTest
    @CsvSource({
        "zdt1, 0.25, 0.5", // 1 - sqrt(f1)
        "zdt2, 0.25, 0.9375", // 1 - f1^2
        "zdt3, 0.25, 0.25", // 1 - sqrt(f1) - f1 sin(10 pi f1)
        "zdt4, 0.25, 0.5"
    })
    void whereAllOthersAreZeroIsTheBestFront(String name, double first, double second) {
        double[] values = values(name, first, 0, 0);
        assertThat(values[0]).isEqualTo(first);
        assertThat(values[1]).isCloseTo(second, within(1e-12));
    }

    @Test
    void zdt6IsBestAtZeroAndItsFirstValueIsNotItsFirstParameter() {
        double[] values = values("zdt6", 0.25, 0, 0);
        double first = 1 - Math.exp(-1) * Math.pow(Math.sin(1.5 * Math.PI), 6);
        assertThat(values[0]).isCloseTo(first, within(1e-12));
        assertThat(values[1]).isCloseTo(1 - first * first, within(1e-12));
    }

    @Test
    void awayFromTheFrontTheyGrowByTheirPapersFactor() {
        assertThat(values("zdt1", 0.25, 0, 1)[1]).isCloseTo(10 * (1 - Math.sqrt(0.025)), within(1e-12));
        assertThat(values("zdt4", 0, 0, 1)[1]).isCloseTo(1 + 9, within(1e-9)); // each at 1: x^2 - 10 cos(4 pi) + 10 = 1
        assertThat(values("zdt6", 0.25, 0, 1)[1]).isGreaterThan(9);
    }

    @Test
    void theFrontOfDtlz1IsAPlaneAndThatOfDtlz2ASphere() {
        double[] plane = values("dtlz1", 0.3, 0.6, 0.5);
        assertThat(Arrays.stream(plane).sum()).isCloseTo(0.5, within(1e-9));
        double[] sphere = values("dtlz2", 0.3, 0.6, 0.5);
        assertThat(Arrays.stream(sphere).map(v -> v * v).sum()).isCloseTo(1, within(1e-12));
        assertThat(values("dtlz7", 0, 0, 0)).containsExactly(0, 0, 6);
    }

    @Test
    void nearlyAllOfTheSpaceLiesBelowTheReference() {
        for (Several function : Several.all()) {
            SplitMix random = new SplitMix(1);
            int below = 0;
            for (int k = 0; k < 200; k++) {
                double[] point = new double[function.space().size()];
                Arrays.setAll(point, i -> random.nextDouble());
                double[] values = function.values(function.space().decode(point));
                boolean inside = true;
                for (int j = 0; j < values.length; j++) {
                    inside &= values[j] < function.reference().get(j);
                }
                below += inside ? 1 : 0;
            }
            assertThat(below).as(function.name()).isGreaterThan(150);
        }
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Several.named("zdt5"))
                .withMessageContaining("zdt1, zdt2");
    }
}
