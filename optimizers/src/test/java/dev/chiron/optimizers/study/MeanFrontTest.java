package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history of several objectives whose front is run again. */
class MeanFrontTest {

    private static final Objective BOTH =
            new Objective("loss", Goal.MINIMIZE, List.of(new Objective("speed", Goal.MAXIMIZE)), List.of());
    private static final Outcome CRASHED = new Outcome.Failed(Reason.CRASHED, "");
    private static final Outcome BROKEN = new Outcome.Failed(Reason.INFRASTRUCTURE, "");

    private final History history = new History(BOTH, 2);

    private static Outcome run(double loss, double speed) {
        return new Outcome.Measured(loss, Map.of("speed", speed), List.of());
    }

    private void propose(int x, Outcome outcome) {
        assertThat(history.rerun()).as("before anything new").isEmpty();
        add(x, Origin.RANDOM, outcome);
    }

    private void repeat(int x, Outcome outcome) {
        assertThat(history.rerun()).map(Trial::config).contains(config(x));
        add(x, Origin.REPEAT, outcome);
    }

    private void add(int x, Origin origin, Outcome outcome) {
        history.add(new Trial(
                history.trials().size(), new Change.Settings(config(x)), origin, outcome, Duration.ofSeconds(1)));
    }

    private static Config config(int x) {
        return Config.of(Map.of("x", Value.of(x)));
    }

    private List<Integer> front() {
        return history.front().stream().map(Trial::number).toList();
    }

    private List<Integer> unconfirmed() {
        return history.unconfirmed().stream().map(Trial::number).toList();
    }

    @Test
    void whereThereIsOneConfigNothingIsRunAgain() {
        propose(0, run(5, 50));
        assertThat(history.rerun()).isEmpty();
        assertThat(front()).containsExactly(0);
        propose(1, CRASHED);
        assertThat(history.rerun()).isEmpty();
    }

    @Test
    void whatLooksGoodIsRunAgainTheFewestRunsFirstAndTheFrontIsOfMeans() {
        propose(0, run(5, 50));
        propose(1, run(4, 40)); // neither beats the other
        repeat(0, run(6, 48));
        repeat(1, run(5, 42));
        repeat(0, run(7, 46));
        assertThat(front()).containsExactly(0);
        assertThat(unconfirmed()).containsExactly(1);
        repeat(1, run(6, 44));
        assertThat(history.rerun()).isEmpty();
        assertThat(front()).containsExactly(1, 0);
        assertThat(history.values(history.trials().get(0))).containsExactly(6.0, 48.0);
        assertThat(history.values(history.trials().get(1))).containsExactly(5.0, 42.0);
        assertThat(history.measured(history.trials().get(1))).isEqualTo(3);
        assertThat(history.noises()).hasSize(2);
        assertThat(history.noises().get(0).sd()).isCloseTo(1, within(1e-12));
        assertThat(history.noises().get(1).sd()).isCloseTo(2, within(1e-12));
        assertThat(history.noise()).contains(history.noises().get(0));
    }

    @Test
    void aLuckyRunIsGivenUpAsSoonAsItsMeanIsBeaten() {
        propose(0, run(5, 50));
        propose(1, run(1, 90)); // beats all, by luck
        repeat(1, run(11, 10)); // 6, 50: no more
        assertThat(unconfirmed()).containsExactly(0);
        repeat(0, run(5, 50));
        repeat(0, run(5, 50));
        assertThat(history.rerun()).isEmpty();
        assertThat(front()).containsExactly(0);
        assertThat(history.incumbent().orElseThrow().number()).isZero();
    }

    @Test
    void whatWasGivenUpComesBackWhenWhatBeatItWasLuckier() {
        propose(0, run(5, 50));
        propose(1, run(4, 60)); // beats 0
        repeat(1, run(6, 30)); // 5, 45: now 0 beats it
        repeat(0, run(9, 10)); // 7, 30: and 1 is back
        assertThat(unconfirmed()).containsExactly(1);
        repeat(1, run(5, 45));
        assertThat(history.rerun()).isEmpty();
        assertThat(front()).containsExactly(1);
    }

    @Test
    void aConfigOfWhichARunFailedIsOnNoFrontAndABrokenMachineCountsNot() {
        propose(0, run(5, 50));
        propose(1, run(4, 60));
        repeat(1, BROKEN);
        repeat(1, run(4, 60));
        repeat(1, CRASHED);
        assertThat(history.best(9)).extracting(Trial::number).containsExactly(0);
        assertThat(history.rerun()).as("one config is left").isEmpty();
        assertThat(front()).containsExactly(0);
    }

    @Test
    void aTrialThatIsNotYetThereIsComparedByWhatItGave() {
        propose(0, run(5, 50));
        Trial next = new Trial(1, new Change.Settings(config(1)), Origin.RANDOM, run(4, 60), Duration.ZERO);
        assertThat(history.leads(next)).isTrue();
        assertThat(history.beats(next, history.trials().get(0))).isTrue();
        assertThat(history.values(next)).containsExactly(4.0, 60.0);
    }

    @Test
    void whatIsPendingIsNotRunTwiceAtOnce() {
        propose(0, run(5, 50));
        propose(1, run(4, 40));
        history.begin(new Pending(2, new Change.Settings(config(0)), Origin.REPEAT));
        assertThat(history.rerun()).isEmpty();
        history.end(2);
        assertThat(history.rerun()).isPresent();
    }

    @Test
    void theVolumeIsOfTheFrontOfMeansAndMayShrink() {
        propose(0, run(5, 50));
        propose(1, run(1, 90));
        repeat(1, run(11, 10));
        Volume volume = Volume.of(history);
        // worst 11 and 10, a tenth of the ranges 10 and 80 beyond
        assertThat(volume.reference()).containsExactly(12.0, 2.0);
        // 0 alone: 7 * 48; then 1 alone, by its single run: 11 * 88; then 0 again, since 6 and 50 is beaten
        assertThat(volume.history().get(0)).isCloseTo(336, within(1e-9));
        assertThat(volume.history().get(1)).isCloseTo(968, within(1e-9));
        assertThat(volume.history().get(2)).isCloseTo(336, within(1e-9));
        assertThat(volume.now()).isEqualTo(volume.history().get(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void itIsTheFrontOfTheMeansOfThoseWithAllRunsAndFollowsFromTheTrialsAlone(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            int x = history.rerun().map(trial -> trial.number()).orElse(-1);
            int config = x < 0
                    ? i
                    : (int) history.trials().get(x).config().get("x").asNumber().orElse(0);
            double angle = (config * 37 % 90) * Math.PI / 180;
            double far = 1 + config % 7;
            Outcome outcome = random.nextInt(20) == 0
                    ? CRASHED
                    : run(
                            far * (1 - Math.cos(angle)) + random.nextGaussian() / 10,
                            -far * (1 - Math.sin(angle)) + random.nextGaussian() / 10);
            add(config, x < 0 ? Origin.RANDOM : Origin.REPEAT, outcome);
        }
        List<Trial> confirmed = new ArrayList<>();
        Set<Config> seen = new HashSet<>();
        for (Trial trial : history.trials()) {
            long runs = history.trials().stream()
                    .filter(other -> other.config().equals(trial.config()))
                    .count();
            boolean failed = history.trials().stream()
                    .anyMatch(other -> other.config().equals(trial.config())
                            && other.value().isEmpty());
            assertThat(runs).isLessThanOrEqualTo(3);
            if (runs == 3 && !failed && seen.add(trial.config())) {
                confirmed.add(trial);
            }
        }
        List<Integer> expected = confirmed.stream()
                .filter(one -> confirmed.stream().noneMatch(other -> history.beats(other, one)))
                .map(Trial::number)
                .toList();
        assertThat(front()).containsExactlyInAnyOrderElementsOf(expected).hasSizeGreaterThan(3);
        History again = history.first(history.trials().size());
        assertThat(again.front()).isEqualTo(history.front());
        assertThat(again.rerun()).isEqualTo(history.rerun());
        assertThat(again.incumbents()).isEqualTo(history.incumbents());
    }
}
