package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Parameter.Choice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;

class PriorTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("rate", 1e-5, 1e-1, true),
            new Parameter.Real("free", 0, 1, false),
            new Parameter.Whole("depth", 2, 24),
            Choice.of("act", "relu", "gelu", "silu", "tanh"),
            new Parameter.Whole("pinned", 3, 3));
    private static final Config CENTRE = SPACE.decode(new double[] {0.5, 0.5, 0.1, 0.4, 0.5});

    private static Prior prior() {
        Map<String, Double> widths = new LinkedHashMap<>();
        widths.put("rate", 0.1);
        widths.put("depth", 0.2);
        widths.put("act", 0.25);
        widths.put("pinned", 0.25);
        return Prior.around(SPACE, CENTRE, widths);
    }

    @Test
    void whatIsDrawnLiesAroundTheCentreAndInside() {
        SplitMix random = new SplitMix(1);
        SummaryStatistics rate = new SummaryStatistics();
        SummaryStatistics free = new SummaryStatistics();
        int gelu = 0;
        int relu = 0;
        for (int i = 0; i < 4000; i++) {
            Config config =
                    RandomSearch.draw(SPACE, Optional.of(prior()), random).orElseThrow();
            assertThat(SPACE.contains(config)).isTrue();
            rate.addValue(SPACE.encode(config)[0]);
            free.addValue(SPACE.encode(config)[1]);
            gelu += config.get("act").equals(Value.of("gelu")) ? 1 : 0;
            relu += config.get("act").equals(Value.of("relu")) ? 1 : 0;
        }
        assertThat(rate.getMean()).isCloseTo(0.5, within(0.01));
        assertThat(rate.getStandardDeviation()).isCloseTo(0.1, within(0.01));
        assertThat(free.getStandardDeviation()).isCloseTo(Math.sqrt(1 / 12.0), within(0.01));
        assertThat(gelu / 4000.0).isCloseTo(0.5, within(0.03));
        assertThat(relu / 4000.0).isCloseTo(1 / 6.0, within(0.03));
    }

    @Test
    void cutOffAtAnEndItIsStillADistribution() {
        double[] point = prior().point(new double[] {0, 0.3, 1e-9, 0, 0});
        assertThat(point).containsExactly(new double[] {0, 0.3, 0, 0.375, 0}, within(0.07));
        assertThat(prior().point(new double[] {1, 1, 1, 1, 1})[2]).isEqualTo(1.0, within(1e-9));
    }

    @Test
    void theSlopeIsThatOfTheLogRatio() {
        for (double place : new double[] {0.2, 0.5, 0.9}) {
            double difference = (prior().logRatio(0, place + 1e-6) - prior().logRatio(0, place - 1e-6)) / 2e-6;
            assertThat(prior().slope(0, place)).isCloseTo(difference, within(1e-4));
            assertThat(prior().logRatio(1, place)).isZero();
            assertThat(prior().slope(1, place)).isZero();
        }
        assertThat(prior().logRatio(3, 0.375)).isZero();
        assertThat(prior().logRatio(3, 0.125)).isCloseTo(Math.log(1 / 3.0), within(1e-12));
        assertThat(prior().slope(3, 0.125)).isZero();
    }

    @Test
    void aFlatOneSaysNothing() {
        Prior flat = Prior.flat(SPACE, CENTRE);
        double[] shares = {0.1, 0.2, 0.3, 0.4, 0.5};
        assertThat(flat.point(shares)).containsExactly(shares);
        assertThat(flat.width(0)).isEmpty();
        assertThat(flat.centre()).isEqualTo(CENTRE);
    }

    @Test
    void widthsThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Prior.around(SPACE, CENTRE, Map.of("rate", 0.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> Prior.around(SPACE, CENTRE, Map.of("rate", Double.NaN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Prior.around(SPACE, CENTRE, Map.of("lr", 0.1)))
                .withMessageContaining("lr");
    }
}
