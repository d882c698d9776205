package dev.chiron.optimizers.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CurveTest {

    @Test
    void valuesLieInTheOrderOfTheirStepsAndTheFirstOfAStepHolds() {
        Curve curve = new Curve();
        assertThat(curve.lastLoss()).isNaN();
        assertThat(new boolean[] {curve.add(3, 0.5), curve.add(1, 0.75), curve.add(3, 0.1), curve.add(2, Double.NaN)})
                .containsExactly(true, true, false, true);
        assertThat(curve.size()).isEqualTo(3);
        assertThat(curve.lastStep()).isEqualTo(3);
        assertThat(curve.latestStep()).isEqualTo(2);
        assertThat(curve.lastLoss()).isEqualTo(0.5);
        assertThat(curve.at(1)).hasValue(0.75);
        assertThat(curve.at(1.5)).isEqualTo(OptionalDouble.empty());
        assertThat(curve.reached(1.5)).isEqualTo(1);
        assertThat(curve.reached(4)).isEqualTo(3);
        assertThat(curve.isFinite()).isFalse();
        assertThatThrownBy(() -> curve.step(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theBestSoFarLeavesOutWhatIsNoNumber() {
        Curve curve = new Curve();
        double[] losses = {Double.NaN, 0.5, Double.NaN, 0.25, 0.75};
        for (int i = 0; i < losses.length; i++) {
            curve.add(i, losses[i]);
        }
        assertThat(new double[] {curve.best(0), curve.best(1), curve.best(2), curve.best(3), curve.best(5)})
                .containsExactly(Double.NaN, Double.NaN, 0.5, 0.5, 0.25);
        assertThat(curve.bestFrom(4)).isEqualTo(0.75);
        assertThat(curve.bestFrom(5)).isNaN();
        curve.add(-1, 0.125);
        assertThat(curve.best(1)).isEqualTo(0.125);
        assertThat(curve.best(6)).isEqualTo(0.125);
    }

    /** A script may count down for ever: that is not to cost the square of it. */
    @Test
    void onlySoManyValuesOutOfOrderAreTaken() {
        Curve curve = new Curve();
        for (int step = 50_000; step > 0; step--) {
            curve.add(step, step);
        }
        assertThat(curve.size()).isEqualTo(10_001);
        assertThat(curve.add(60_000, 1)).isTrue();
    }
}
