package dev.chiron.optimizers.feasibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FeasibilityTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Whole("DEPTH", 4, 24),
            new Parameter.Whole("ASPECT", 32, 128),
            new Parameter.Whole("BATCH", 32, 256, false, 1, true),
            new Parameter.Real("LR", 1e-4, 1, true),
            Parameter.Choice.of("KIND", "a", "b", "c"));

    private static final Outcome FINE = new Outcome.Measured(1);

    private static Outcome failed(Reason reason) {
        return new Outcome.Failed(reason, "");
    }

    private static double number(Config config, String name) {
        return config.get(name).asNumber().orElseThrow();
    }

    /** As on the recorded task: a product of sizes, one of them squared. */
    private static Outcome memory(Config config) {
        double need = number(config, "BATCH") * Math.pow(number(config, "DEPTH"), 2) * number(config, "ASPECT");
        return need > 1.2e6 ? failed(Reason.OUT_OF_MEMORY) : FINE;
    }

    private static List<Trial> trials(int count, long seed, Function<Config, Outcome> outcome) {
        SplitMix random = new SplitMix(seed);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Config config = RandomSearch.draw(SPACE, random).orElseThrow();
            trials.add(trial(i, config, outcome.apply(config)));
        }
        return trials;
    }

    private static Trial trial(int number, Config config, Outcome outcome) {
        return new Trial(number, new Change.Settings(config), Origin.RANDOM, outcome, Duration.ofSeconds(1));
    }

    /** The share of pairs of a failure and a success in which the failure is thought the likelier to fail. */
    private static double areaUnderCurve(Feasibility feasibility, List<Trial> trials) {
        long right = 0;
        long pairs = 0;
        for (Trial failure : trials) {
            for (Trial success : trials) {
                if (failure.value().isEmpty() && success.value().isPresent()) {
                    pairs++;
                    right += feasibility.failure(failure.config()) > feasibility.failure(success.config()) ? 1 : 0;
                }
            }
        }
        return (double) right / pairs;
    }

    @Test
    void aLimitOnAProductOfSizesIsLearntFromAFewDozenTrials() {
        List<Trial> others = trials(400, 2, FeasibilityTest::memory);
        assertThat(areaUnderCurve(Feasibility.learn(SPACE, trials(30, 1, FeasibilityTest::memory)), others))
                .isGreaterThan(0.95);
        assertThat(areaUnderCurve(Feasibility.learn(SPACE, trials(200, 1, FeasibilityTest::memory)), others))
                .isGreaterThan(0.995);
    }

    @Test
    void beforeAnythingFailedNothingIsFeared() {
        Feasibility feasibility = Feasibility.learn(SPACE, trials(50, 1, config -> FINE));
        trials(50, 2, config -> FINE)
                .forEach(
                        trial -> assertThat(feasibility.failure(trial.config())).isZero());
    }

    @Test
    void aBrokenMachineIsNoFailureOfTheConfig() {
        Feasibility feasibility = Feasibility.learn(SPACE, trials(50, 1, config -> failed(Reason.INFRASTRUCTURE)));
        assertThat(feasibility.failure(trials(1, 2, config -> FINE).get(0).config()))
                .isZero();
    }

    @Test
    void everyKindOfFailureHasABorderOfItsOwn() {
        Function<Config, Outcome> outcome = config -> number(config, "LR") > 0.2
                ? failed(Reason.DIVERGED)
                : number(config, "DEPTH") > 20 ? failed(Reason.TIMED_OUT) : FINE;
        Feasibility feasibility = Feasibility.learn(SPACE, trials(300, 1, outcome));
        int right = 0;
        for (Trial trial : trials(300, 2, outcome)) {
            right += feasibility.failure(trial.config()) > 0.5 == trial.value().isEmpty() ? 1 : 0;
        }
        assertThat(right).isGreaterThan(275); // a single plane cannot have both corners
    }

    @Test
    void whereNothingWasTriedItStaysUnsure() {
        Config near = SPACE.decode(new double[] {0.3, 0.3, 0.2, 0.5, 0.1});
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            trials.add(trial(i, near.with("LR", SPACE.parameters().get(3).decode(0.4 + 0.02 * i)), FINE));
        }
        trials.add(trial(5, near.with("LR", SPACE.parameters().get(3).decode(0.6)), failed(Reason.DIVERGED)));
        Feasibility feasibility = Feasibility.learn(SPACE, trials);
        Config far = SPACE.decode(new double[] {1, 1, 1, 0.0, 0.9});
        assertThat(feasibility.failure(far)).isBetween(0.02, 0.9);
    }

    @Test
    void whenEverythingFailsItIsStillAProbability() {
        Feasibility feasibility = Feasibility.learn(SPACE, trials(60, 1, config -> failed(Reason.CRASHED)));
        trials(60, 2, config -> FINE)
                .forEach(
                        trial -> assertThat(feasibility.failure(trial.config())).isBetween(0.5, 1.0));
    }

    private static Outcome breaking(Config config) {
        return number(config, "DEPTH") > 14
                ? new Outcome.Infeasible(new Outcome.Measured(1), List.of("vram <= 40"), number(config, "DEPTH") - 14)
                : FINE;
    }

    @Test
    void whereAConditionOnMetricsIsBrokenIsLearntLikeAFailure() {
        Feasibility feasibility = Feasibility.learn(SPACE, trials(60, 1, FeasibilityTest::breaking));
        for (Trial trial : trials(60, 2, FeasibilityTest::breaking)) {
            double depth = number(trial.config(), "DEPTH");
            if (Math.abs(depth - 14) > 3) {
                assertThat(feasibility.failure(trial.config()) > 0.5).isEqualTo(depth > 14);
                assertThat(feasibility.infeasibility(trial.config())).isEqualTo(feasibility.failure(trial.config()));
            }
        }
        Config deep = SPACE.decode(new double[] {1, 0.5, 0.5, 0.5, 0.5});
        assertThat(feasibility.likeliest(deep)).contains(new Flaw("vram <= 40"));
    }

    /** As long as no trial has kept it nobody knows where it is kept. */
    @Test
    void aConditionThatAllTrialsBreakSaysNothingOfPlaces() {
        List<Trial> all =
                trials(60, 1, config -> new Outcome.Infeasible(new Outcome.Measured(1), List.of("vram <= 40"), 1));
        Feasibility feasibility = Feasibility.learn(SPACE, all);
        assertThat(feasibility.failure(all.get(0).config())).isZero();
        assertThat(feasibility.likeliest(all.get(0).config())).isEmpty();
    }

    /** Who ran out of memory printed no metrics, and who breaks a condition ran to its end. */
    @Test
    void failuresSayNothingOfConditionsAndConditionsThatARunEnds() {
        Function<Config, Outcome> outcome =
                config -> number(config, "LR") > 0.1 ? failed(Reason.DIVERGED) : breaking(config);
        Feasibility feasibility = Feasibility.learn(SPACE, trials(300, 1, outcome));
        Config shallow = SPACE.decode(new double[] {0.1, 0.5, 0.5, 0.99, 0.5});
        assertThat(feasibility.failure(shallow)).isGreaterThan(0.7);
        assertThat(feasibility.infeasibility(shallow)).isLessThan(0.3);
        assertThat(feasibility.likeliest(shallow)).contains(Flaw.of(Reason.DIVERGED));
    }
}
