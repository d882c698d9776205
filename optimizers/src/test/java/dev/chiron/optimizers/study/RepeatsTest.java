package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A history whose better-looking trials are run again. */
class RepeatsTest {

    private static final Outcome CRASHED = new Outcome.Failed(Reason.CRASHED, "");
    private static final Outcome BROKEN = new Outcome.Failed(Reason.INFRASTRUCTURE, "");

    private static Config config(int x) {
        return Config.of(Map.of("x", Value.of(x)));
    }

    private static History history(int repeats) {
        return new History(new Objective("loss", Goal.MINIMIZE), repeats);
    }

    private static void propose(History history, int x, double value) {
        propose(history, x, new Outcome.Measured(value));
    }

    private static void propose(History history, int x, Outcome outcome) {
        assertThat(history.rerun()).as("before anything new").isEmpty();
        add(history, x, Origin.RANDOM, outcome);
    }

    private static void add(History history, int x, Origin origin, Outcome outcome) {
        history.add(new Trial(
                history.trials().size(), new Change.Settings(config(x)), origin, outcome, Duration.ofSeconds(1)));
    }

    /** Runs again what the history asks for, which is this config. */
    private static void repeat(History history, int x, double value) {
        repeat(history, x, new Outcome.Measured(value));
    }

    private static void repeat(History history, int x, Outcome outcome) {
        assertThat(history.rerun()).map(Trial::config).contains(config(x));
        add(history, x, Origin.REPEAT, outcome);
    }

    private static int incumbent(History history) {
        return (int)
                history.incumbent().orElseThrow().config().get("x").asNumber().orElseThrow();
    }

    private static double value(History history) {
        return history.value(history.incumbent().orElseThrow()).orElseThrow();
    }

    /** Config 1 with mean 1 and config 2 with mean 2, each measured three times with a spread of 0.01. */
    private static History known(int repeats) {
        History history = history(repeats);
        propose(history, 2, 2);
        propose(history, 1, 1);
        repeat(history, 1, 1.01);
        repeat(history, 2, 2.01);
        return history;
    }

    @Test
    void whatWasMeasuredElsewhereSaysNothingOfTheNoise() {
        History history = known(1);
        Noise before = history.noise().orElseThrow();
        add(history, 3, Origin.TOLD, new Outcome.Measured(9));
        add(history, 3, Origin.PERSON, new Outcome.Measured(5));
        assertThat(history.noise()).contains(before);
    }

    @Test
    void aBetterTrialIsAChallengerUntilBothWereRunAgain() {
        History history = history(1);
        propose(history, 1, 1.0);
        propose(history, 2, 0.9);
        assertThat(incumbent(history)).isEqualTo(1);
        assertThat(history.challenger()).map(Trial::number).contains(1);
        repeat(history, 2, 0.92);
        repeat(history, 1, 1.0);
        assertThat(incumbent(history)).isEqualTo(2);
        assertThat(history.incumbent()).map(Trial::number).contains(1);
        assertThat(history.crowned()).isEqualTo(3);
        assertThat(value(history)).isEqualTo(0.91, within(1e-12));
        assertThat(history.measured(history.incumbent().orElseThrow())).isEqualTo(2);
        assertThat(history.rerun()).isEmpty();
        assertThat(history.proposed()).isEqualTo(2);
    }

    @Test
    void aLuckyDrawDoesNotBeatABetterMean() {
        History history = history(2);
        propose(history, 1, 1.0);
        propose(history, 2, 0.5);
        repeat(history, 2, 1.8);
        repeat(history, 1, 1.1);
        repeat(history, 2, 1.7);
        repeat(history, 1, 0.9);
        assertThat(history.rerun()).isEmpty();
        assertThat(incumbent(history)).isEqualTo(1);
        assertThat(history.crowned()).isZero();
        assertThat(history.best(2)).extracting(Trial::number).containsExactly(0, 1);
    }

    @Test
    void whereTheDifferenceIsFarBeyondTheNoiseFewRepeatsDecide() {
        History history = known(5);
        assertThat(incumbent(history)).isEqualTo(1); // two repeats, of which ten were allowed
        assertThat(history.rerun()).isEmpty();
        propose(history, 3, 0.2);
        repeat(history, 3, 0.21);
        assertThat(incumbent(history)).isEqualTo(3);
    }

    @Test
    void evenFarBeyondTheNoiseOneMeasurementIsNotEnoughToWin() {
        History history = known(5);
        propose(history, 3, 0.2);
        assertThat(incumbent(history)).isEqualTo(1);
        repeat(history, 3, 3.0);
        assertThat(incumbent(history)).isEqualTo(1);
    }

    @Test
    void whatIsWorseIsNeverRunAgain() {
        History history = known(3);
        propose(history, 3, 1.5);
        propose(history, 4, CRASHED);
        propose(history, 5, new Outcome.Pruned(0.1, List.of()));
        assertThat(history.rerun()).isEmpty();
    }

    @Test
    void aChallengerThatFailsLosesAtOnce() {
        History history = known(3);
        propose(history, 3, 0.2);
        repeat(history, 3, CRASHED);
        assertThat(history.rerun()).isEmpty();
        assertThat(incumbent(history)).isEqualTo(1);
        assertThat(history.best(5)).extracting(Trial::number).doesNotContain(4);
    }

    @Test
    void anIncumbentThatFailsLosesToAnyChallengerThatDoesNot() {
        History history = history(3);
        propose(history, 1, 1);
        propose(history, 2, 0.99);
        repeat(history, 2, 1.2);
        repeat(history, 1, CRASHED);
        assertThat(incumbent(history)).isEqualTo(2);
        assertThat(value(history)).isEqualTo(1.095, within(1e-12));
    }

    @Test
    void twoThatFailLeaveTheIncumbentWhereItIs() {
        History history = history(2);
        propose(history, 1, 1);
        propose(history, 2, 0.9);
        repeat(history, 2, 0.9);
        repeat(history, 1, CRASHED);
        propose(history, 3, 0.8);
        repeat(history, 3, CRASHED);
        assertThat(incumbent(history)).isEqualTo(2);
    }

    /** The first config's luck ran out only when it was run again; by then the second one's turn had passed. */
    @Test
    void whatWasWorseThanALuckyIncumbentIsChallengedWhenItsMeanFalls() {
        History history = history(2);
        propose(history, 1, 1.0);
        propose(history, 2, 1.1);
        propose(history, 3, 0.9);
        repeat(history, 3, 5);
        repeat(history, 1, 3);
        Map<Config, Double> truth = Map.of(config(1), 3.0, config(2), 1.1, config(3), 5.0);
        while (history.rerun().isPresent()) {
            Config next = history.rerun().orElseThrow().config();
            int x = (int) next.get("x").asNumber().orElseThrow();
            repeat(history, x, truth.get(next));
        }
        assertThat(incumbent(history)).isEqualTo(2);
        assertThat(value(history)).isEqualTo(1.1, within(1e-9));
    }

    @Test
    void aBrokenMachineIsNoRun() {
        History history = history(1);
        propose(history, 1, 1);
        propose(history, 2, 0.9);
        repeat(history, 2, BROKEN);
        repeat(history, 2, BROKEN);
        repeat(history, 2, 0.9);
        repeat(history, 1, 1);
        assertThat(incumbent(history)).isEqualTo(2);
    }

    @Test
    void theNoiseIsPooledOverConfigs() {
        History history = history(1);
        assertThat(history.noise()).isEmpty();
        propose(history, 1, 10);
        propose(history, 2, 1);
        repeat(history, 2, 3); // deviations of 1 and 1 from the mean 2
        assertThat(history.noise()).as("one repeat is not enough").isEmpty();
        repeat(history, 1, 14); // deviations of 2 and 2 from the mean 12
        assertThat(history.noise()).contains(new Noise(Math.sqrt((1 + 1 + 4 + 4) / 2.0), 2));
    }

    @Test
    void withoutRepeatsTheBestStaysTheBestTrialAndNothingIsRunAgain() {
        History history = history(0);
        propose(history, 1, 1);
        propose(history, 2, 0.5);
        propose(history, 1, 3);
        assertThat(history.incumbent()).map(Trial::number).contains(1);
        assertThat(history.crowned()).isEqualTo(1);
        assertThat(history.value(history.trials().get(2))).hasValue(3);
        assertThat(history.proposed()).isEqualTo(3);
    }

    @Test
    void aScriptWithoutNoiseNeedsOneRepeatOfEach() {
        History history = history(9);
        propose(history, 1, 1);
        propose(history, 2, 0.5);
        repeat(history, 2, 0.5);
        repeat(history, 1, 1);
        assertThat(incumbent(history)).isEqualTo(2);
        assertThat(history.noise()).contains(new Noise(0, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e300, Double.MAX_VALUE})
    void hugeValuesAreNoObstacle(double huge) {
        History history = history(2);
        propose(history, 1, huge);
        propose(history, 2, -huge);
        while (history.rerun().isPresent()) {
            Config config = history.rerun().get().config();
            repeat(history, config.equals(config(1)) ? 1 : 2, config.equals(config(1)) ? huge : -huge);
        }
        assertThat(incumbent(history)).isEqualTo(2);
        assertThat(value(history)).isFinite();
    }

    @ParameterizedTest
    @EnumSource(Goal.class)
    void bothGoalsAreServed(Goal goal) {
        double sign = goal == Goal.MINIMIZE ? 1 : -1;
        History history = new History(new Objective("metric", goal), 1);
        propose(history, 1, sign);
        propose(history, 2, sign * 0.5);
        repeat(history, 2, sign * 0.5);
        repeat(history, 1, sign);
        assertThat(incumbent(history)).isEqualTo(2);
    }

    /** Of 30 configs whose true values lie a third of the noise apart, what is the true value of the incumbent? */
    private static double regret(int repeats, long seed) {
        SplitMix random = new SplitMix(seed);
        History history = history(repeats);
        IntFunction<Outcome> measure = x -> new Outcome.Measured(0.3 * x + random.nextGaussian());
        List<Integer> order = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        for (int x : order) {
            propose(history, x, measure.apply(x));
            while (history.rerun().isPresent()) {
                int again =
                        (int) history.rerun().get().config().get("x").asNumber().orElseThrow();
                repeat(history, again, measure.apply(again));
            }
        }
        return 0.3 * incumbent(history);
    }

    @Test
    void theIncumbentIsTrulyBetterWithRepeatsThanWithout() {
        double without = 0;
        double with = 0;
        for (long seed = 0; seed < 300; seed++) {
            without += regret(0, seed) / 300;
            with += regret(4, seed) / 300;
        }
        assertThat(with).isLessThan(0.7 * without); // 0.22 and 0.44
    }
}
