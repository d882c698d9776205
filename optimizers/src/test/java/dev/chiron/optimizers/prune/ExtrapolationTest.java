package dev.chiron.optimizers.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** When a run is stopped by where it would end. */
class ExtrapolationTest {

    private static final Extrapolation USUAL = new Extrapolation(0.05, 5, 0, OptionalDouble.empty());

    private static double fraction(double number) {
        return number - Math.floor(number);
    }

    /** Comes down to an end from one above it. */
    private static double loss(double end, double step) {
        return end + Math.pow(step, -0.6);
    }

    private static Curve curve(double end, int steps) {
        Curve curve = new Curve();
        for (int step = 1; step <= steps; step++) {
            curve.add(step, loss(end, step));
        }
        return curve;
    }

    /** Ends between 0 and 1. */
    private static Past past(Pruner keeping, int runs, int steps) {
        Past past = Past.NONE;
        for (int run = 0; run < runs; run++) {
            Curve whole = curve(fraction((run + 1) * 0.6180339887498949), steps);
            past = past.with(new Past.Ended(run, keeping.kept(whole, past), OptionalDouble.of(whole.lastLoss())));
        }
        return past;
    }

    /** The first step at which a run is stopped; 0 if it never is. */
    private static int stopped(Pruner pruner, double end, int steps, Past past) {
        Curve curve = new Curve();
        for (int step = 1; step < steps; step++) {
            curve.add(step, loss(end, step));
            if (!(pruner.decide(99, curve, past) instanceof Decision.GoOn)) {
                return step;
            }
        }
        return 0;
    }

    @Test
    void whatWillHardlyBeatTheBestIsStoppedAsSoonAsThatIsSeen() {
        Past past = past(USUAL, 12, 50);
        assertThat(stopped(USUAL, 0.9, 50, past)).isBetween(3, 10);
        assertThat(stopped(USUAL, -0.2, 50, past)).isZero();
        assertThat(stopped(USUAL, 0.9, 50, past(USUAL, 4, 50)))
                .as("too few before")
                .isZero();
    }

    @Test
    void whyIsTold() {
        Past past = past(USUAL, 12, 50);
        Decision.Unpromising stop = (Decision.Unpromising) USUAL.decide(99, curve(0.9, 10), past);
        assertThat(stop.best()).isEqualTo(past.best().orElseThrow().number());
        assertThat(stop.bar()).isEqualTo(past.best().orElseThrow().loss().orElseThrow());
        assertThat(stop.chance()).isEqualTo(stop.forecast().below(stop.bar())).isLessThan(0.05);
    }

    @Test
    void levelWarmupAndIntervalHold() {
        Past past = past(USUAL, 12, 50);
        int first = stopped(USUAL, 0.5, 50, past);
        assertThat(stopped(new Extrapolation(1e-9, 5, 0, OptionalDouble.empty()), 0.5, 50, past))
                .matches(step -> step == 0 || step > first);
        assertThat(stopped(new Extrapolation(0.05, 5, 20, OptionalDouble.empty()), 0.9, 50, past))
                .isEqualTo(20);
        assertThat(stopped(new Extrapolation(0.05, 5, 0, OptionalDouble.of(16)), 0.9, 50, past))
                .isEqualTo(16);
    }

    /** A long run is looked at a hundred times. */
    @Test
    void looksGrowRareWithTheLengthOfARun() {
        Past past = past(USUAL, 6, 1000);
        Curve curve = curve(0.9, 100);
        assertThat(USUAL.decide(99, curve, past)).isNotEqualTo(Decision.GO_ON);
        curve.add(101, loss(0.9, 101));
        assertThat(USUAL.decide(99, curve, past)).isEqualTo(Decision.GO_ON);
    }

    @Test
    void whatIsKeptDecidesAsTheWholeDoes() {
        Extrapolation every = new Extrapolation(0.05, 5, 0, OptionalDouble.of(1));
        Pruner all = new Pruner() {
            @Override
            public Decision decide(int number, Curve curve, Past past) {
                return every.decide(number, curve, past);
            }

            @Override
            public Curve kept(Curve whole, Past past) {
                return whole;
            }
        };
        assertThat(past(every, 3, 600).runs().get(0).curve().size()).isLessThan(258);
        assertThat(stopped(every, 0.9, 40, past(every, 8, 600)))
                .isPositive()
                .isEqualTo(stopped(every, 0.9, 40, past(all, 8, 600)));
    }

    @Test
    void aRunWithoutANumberIsStopped() {
        Curve curve = curve(0.5, 3);
        curve.add(4, Double.NaN);
        assertThat(USUAL.decide(99, curve, past(USUAL, 1, 50))).isInstanceOf(Decision.Stop.class);
        assertThat(USUAL.decide(99, curve, Past.NONE)).isEqualTo(Decision.GO_ON);
    }
}
