package dev.chiron.optimizers.conformal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class QuantilesTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static Table line(double[] values) {
        double[][] points = new double[values.length][];
        for (int k = 0; k < values.length; k++) {
            points[k] = new double[] {(k + 0.5) / values.length};
        }
        return new Table(points, values, new boolean[] {false});
    }

    /**
     * By hand. Intervals [0, 1] and values -.5, .2, .9, 1.3, 3: outside by .5, -.2, -.1, .3, 2. Of five, two thirds are covered by the
     * ceil(2/3 x 6) = 4th smallest, .5; a third by the second, -.1; and 90 % would take the sixth, so that it is the largest.
     */
    @Test
    void theCorrectionIsTheHandComputedQuantileOfWhatLiesOutside() {
        double[] lows = {0, 0, 0, 0, 0};
        double[] highs = {1, 1, 1, 1, 1};
        double[] values = {-0.5, 0.2, 0.9, 1.3, 3};
        assertThat(Quantiles.correction(lows, highs, values, 2.0 / 3)).isCloseTo(0.5, EXACT);
        assertThat(Quantiles.correction(lows, highs, values, 1.0 / 3)).isCloseTo(-0.1, EXACT);
        assertThat(Quantiles.correction(lows, highs, values, 0.9)).isCloseTo(2, EXACT);
    }

    @Test
    void aQuantileIsTheLeastValueThatTheShareDoesNotExceed() {
        assertThat(Boosting.quantile(new double[] {4, 1, 3, 2}, 0.5)).isEqualTo(2);
        assertThat(Boosting.quantile(new double[] {4, 1, 3, 2}, 0.51)).isEqualTo(3);
        assertThat(Boosting.quantile(new double[] {4, 1, 3, 2}, 0.01)).isEqualTo(1);
        assertThat(Boosting.quantile(new double[] {7}, 0.99)).isEqualTo(7);
    }

    /**
     * One tree for the median of 0, 0, 8, 8: the median is 0, the gradient -1/2, -1/2, 1/2, 1/2, so that the tree parts the halves; what is left
     * there is 0 and 8, of which a tenth is added.
     */
    @Test
    void aTreePartsWhatLiesAboveFromWhatLiesBelow() {
        Boosting boosting = new Boosting(line(new double[] {0, 0, 8, 8}), 0.5, 1);
        assertThat(boosting.at(new double[] {0.1})).isCloseTo(0, EXACT);
        assertThat(boosting.at(new double[] {0.49})).isCloseTo(0, EXACT); // the cut lies in the middle
        assertThat(boosting.at(new double[] {0.51})).isCloseTo(0.8, EXACT);
        Boosting second = new Boosting(line(new double[] {0, 0, 8, 8}), 0.5, 2);
        assertThat(second.at(new double[] {0.9})).isCloseTo(0.8 + 0.72, EXACT);
    }

    @Test
    void anOptionIsPartedFromAllOthers() {
        double[][] points = {{1.0 / 6}, {0.5}, {5.0 / 6}, {1.0 / 6}, {0.5}, {5.0 / 6}};
        Table table = new Table(points, new double[] {0, 9, 0, 0, 9, 0}, new boolean[] {true});
        Boosting boosting = new Boosting(table, 0.5, 200);
        assertThat(boosting.at(new double[] {0.5})).isCloseTo(9, within(1e-6));
        assertThat(boosting.at(new double[] {1.0 / 6})).isCloseTo(0, within(1e-6));
        assertThat(boosting.at(new double[] {5.0 / 6})).isCloseTo(0, within(1e-6));
    }

    /** Noise that grows along the line: the outer quantiles part there, and hold what they promise about unseen values. */
    @Test
    void intervalsCoverWhatTheyPromise() {
        SplitMix random = new SplitMix(4);
        double[] values = new double[400];
        for (int k = 0; k < values.length; k++) {
            values[k] = (0.1 + k / 400.0) * random.nextGaussian();
        }
        ConformalSettings settings = new ConformalSettings(5, 100, 32, 0.25, 100, 0, Optional.empty());
        Quantiles quantiles = Quantiles.learned(line(values), settings, random);
        int inside = 0;
        int within = 0;
        for (int k = 0; k < 4000; k++) {
            double place = random.nextDouble();
            double value = (0.1 + place) * random.nextGaussian();
            double[] point = {place};
            inside += value >= quantiles.at(point, 0) && value <= quantiles.at(point, 4) ? 1 : 0;
            within += value >= quantiles.at(point, 1) && value <= quantiles.at(point, 3) ? 1 : 0;
        }
        assertThat(inside / 4000.0).isBetween(0.56, 0.78); // two thirds
        assertThat(within / 4000.0).isBetween(0.23, 0.45); // one third
        double[] quiet = {0.05};
        double[] loud = {0.95};
        assertThat(quantiles.at(loud, 4) - quantiles.at(loud, 0))
                .isGreaterThan(2 * (quantiles.at(quiet, 4) - quantiles.at(quiet, 0)));
    }

    @Test
    void fewDataAreAllLearnedFromAndNothingIsCorrected() {
        ConformalSettings settings = ConformalSettings.DEFAULT;
        Quantiles few = Quantiles.learned(line(new double[] {3, 3, 3, 3}), settings, new SplitMix(1));
        for (int quantile = 0; quantile < Quantiles.COUNT; quantile++) {
            assertThat(few.at(new double[] {0.5}, quantile)).isEqualTo(3);
        }
        assertThat(Quantiles.level(0)).isCloseTo(1.0 / 6, EXACT);
        assertThat(Quantiles.level(Quantiles.MEDIAN)).isEqualTo(0.5);
    }
}
