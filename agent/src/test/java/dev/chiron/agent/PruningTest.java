package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.prune.Extrapolation;
import dev.chiron.optimizers.prune.Percentile;
import dev.chiron.optimizers.prune.Timing;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.run.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PruningTest {

    private static final Objective ACCURACY = new Objective("acc", Goal.MAXIMIZE);

    private final Pruning pruning = Pruning.by(new Percentile(50, 1, Timing.ALWAYS, 1), "median", ACCURACY);

    private static Change change(int number) {
        return new Change.Settings(Config.of(Map.of("X", new Value.Whole(number))));
    }

    /** A run of three values that ends with the last of them. */
    private void end(int number, Origin origin, double... values) {
        Watch watch = pruning.watch(number, origin, change(number));
        for (int i = 0; i < values.length; i++) {
            watch.reported(i + 1, values[i]);
        }
        pruning.files(number);
        Outcome outcome = new Outcome.Measured(values[values.length - 1]);
        pruning.remember(new Trial(number, change(number), origin, outcome, Duration.ZERO), List::of);
    }

    private Optional<Watch.Stop> first(int number, Origin origin, Change change, double value) {
        return pruning.watch(number, origin, change).reported(1, value);
    }

    @Test
    void valuesAreHeldAgainstThoseOfTheTrialsBefore() {
        end(0, Origin.BASELINE, 0.5, 0.6, 0.7);
        assertThat(first(1, Origin.TPE, change(1), 0.5)).isEmpty();
        assertThat(first(1, Origin.TPE, change(1), 0.25))
                .contains(new Watch.Stop("median", "0.25 is worse than 0.5, the median of 1 runs there"));
    }

    /** What a forecast says, in the metric's own direction, and how good such forecasts were. */
    @Test
    void whereARunWouldEndIsToldWithItsError() {
        Pruning forecasting =
                Pruning.by(new Extrapolation(0.05, 5, 0, OptionalDouble.empty()), "extrapolate", ACCURACY);
        for (int run = 0; run < 6; run++) {
            double end = 0.6 + 0.05 * run;
            Watch watch = forecasting.watch(run, Origin.BASELINE, change(run));
            for (int step = 1; step <= 40; step++) {
                watch.reported(step, end - 0.4 / Math.sqrt(step));
            }
            forecasting.files(run);
            Outcome outcome = new Outcome.Measured(end - 0.4 / Math.sqrt(40));
            forecasting.remember(new Trial(run, change(run), Origin.BASELINE, outcome, Duration.ZERO), List::of);
        }
        Watch watch = forecasting.watch(6, Origin.TPE, change(6));
        Optional<Watch.Stop> stop = Optional.empty();
        int step = 0;
        while (stop.isEmpty() && step < 39) {
            step++;
            stop = watch.reported(step, 0.5 - 0.4 / Math.sqrt(step));
        }
        assertThat(step).isBetween(3, 10);
        assertThat(stop.orElseThrow().by()).isEqualTo("extrapolate");
        assertThat(stop.orElseThrow().why())
                .matches(
                        "expected 0\\.43\\d* \\(0\\.4\\d+ to 0\\.4\\d+\\) at step 40, better than 0\\.786754 of trial 5 with a"
                                + " chance of less than 0.01 %; such forecasts were off by [0-9.e-]+ in the median of 6 finished runs,"
                                + " and \\d of them ended within such bounds");
    }

    @Test
    void onlyWhatWasProposedOnATurnIsStopped() {
        end(0, Origin.BASELINE, 0.5, 0.6, 0.7);
        for (Origin origin : Origin.values()) {
            boolean spared =
                    origin.isCheck() || origin.isWished() || origin == Origin.BASELINE || origin == Origin.IMPORTED;
            assertThat(first(1, origin, change(1), 0.25).isEmpty())
                    .as(origin.label())
                    .isEqualTo(spared);
        }
        Change edit = new Change.Edit(Config.of(Map.of()), Variant.root("a").edited("b", ""));
        assertThat(pruning.watch(1, Origin.LLM, edit)).isSameAs(Watch.NONE);
    }

    @Test
    void whatIsRunAgainAndWhatWasMeasuredElsewhereIsNoMeasureForOthers() {
        end(0, Origin.BASELINE, 0.5, 0.6, 0.7);
        end(1, Origin.REPEAT, 0.1, 0.1, 0.1);
        end(2, Origin.TOLD, 0.1, 0.1, 0.1);
        assertThat(first(3, Origin.TPE, change(3), 0.25)).isPresent();
    }

    @Test
    void aRunThatHasComeAsFarAsTheLongestGoesOn() {
        end(0, Origin.BASELINE, 0.5, 0.6, 0.7);
        Watch watch = pruning.watch(1, Origin.TPE, change(1));
        assertThat(watch.reported(3, 0.1)).isEmpty();
        assertThat(watch.reported(4, 0.1)).isEmpty();
        Watch early = pruning.watch(2, Origin.TPE, change(2));
        assertThat(early.reported(2, 0.1)).as("the step before the last").isPresent();
    }

    /** With several workers a decision may be bound to the trials that every schedule has ended by then. */
    @Test
    void aDecisionCanBeBoundToTrialsOfLowerNumbers() {
        end(0, Origin.BASELINE, 0.1, 0.2, 0.3);
        Watch bound = pruning.watch(3, Origin.TPE, change(3), 1);
        Watch free = pruning.watch(4, Origin.TPE, change(4));
        end(1, Origin.TPE, 0.5, 0.6, 0.7);
        end(2, Origin.TPE, 0.5, 0.6, 0.7);
        assertThat(bound.reported(1, 0.25)).isEmpty();
        assertThat(free.reported(1, 0.25)).isPresent();
        assertThat(pruning.watch(5, Origin.TPE, change(5), 3).reported(1, 0.25)).isPresent();
    }

    @Test
    void whatIsKeptReadsBack() {
        end(0, Origin.BASELINE, 0.5, 0.6, 0.7);
        pruning.watch(1, Origin.TPE, change(1)).reported(1, 1 / 3.0);
        assertThat(pruning.files(1)).containsExactly(Map.entry("pruner.csv", "step,value\n1,0.3333333333333333\n"));
        Pruning resumed = Pruning.by(new Percentile(50, 1, Timing.ALWAYS, 1), "median", ACCURACY);
        Trial baseline = new Trial(0, change(0), Origin.BASELINE, new Outcome.Measured(0.7), Duration.ZERO);
        resumed.remember(
                baseline, () -> List.of(new CurvePoint(1, 0.5), new CurvePoint(2, 0.6), new CurvePoint(3, 0.7)));
        assertThat(resumed.watch(1, Origin.TPE, change(1)).reported(1, 0.25))
                .isEqualTo(first(1, Origin.TPE, change(1), 0.25));
        assertThat(Pruning.none(ACCURACY).watch(1, Origin.TPE, change(1))).isSameAs(Watch.NONE);
    }

    @Test
    void aBaselineThatReportsOneValueIsNamed() {
        assertThat(pruning.caution()).isEmpty();
        end(0, Origin.BASELINE, 0.7);
        assertThat(pruning.caution().orElseThrow()).startsWith("the baseline reported one value of acc");
    }
}
