package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A history of several objectives, and what a run counts as that breaks a condition. */
class FrontTest {

    private static final Objective BOTH = new Objective(
            "loss",
            Goal.MINIMIZE,
            List.of(new Objective("speed", Goal.MAXIMIZE)),
            List.of(Constraint.parse("vram <= 40"), Constraint.parse("loss + 1 > speed / 100")));

    private static Trial trial(int number, double loss, double speed) {
        Outcome outcome = BOTH.judged(new Outcome.Measured(loss, Map.of("speed", speed, "vram", 10.0), List.of()));
        return trial(number, outcome);
    }

    private static Trial trial(int number, Outcome outcome) {
        Config config = Config.of(Map.of("x", Value.of(number)));
        return new Trial(number, new Change.Settings(config), Origin.RANDOM, outcome, Duration.ofSeconds(1));
    }

    private static History history() {
        History history = new History(BOTH);
        history.add(trial(0, 5, 50));
        history.add(trial(1, 4, 40));
        history.add(trial(2, new Outcome.Failed(Outcome.Reason.CRASHED, "")));
        history.add(trial(3, 6, 45)); // beaten by trial 0
        history.add(trial(4, 4, 40)); // equal to trial 1
        history.add(trial(5, 1, 10));
        return history;
    }

    private static List<Integer> numbers(List<Trial> trials) {
        return trials.stream().map(Trial::number).toList();
    }

    @Test
    void theFrontIsOfWhatNoneBeatsTheBestInTheFirstObjectiveFirst() {
        assertThat(numbers(history().front())).containsExactly(5, 1, 0);
    }

    @Test
    void theIncumbentIsTheCompromiseAndMayChangeBack() {
        History history = history();
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(1);
        assertThat(numbers(history.incumbents())).containsExactly(0, 1);
        history.add(trial(6, 4.5, 49));
        assertThat(numbers(history.front())).containsExactly(5, 1, 6, 0);
        assertThat(history.incumbent().orElseThrow().number()).isIn(1, 6);
        history.add(trial(7, 0.5, 60)); // beats all
        assertThat(numbers(history.front())).containsExactly(7);
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(7);
        assertThat(history.crowned()).isEqualTo(7);
    }

    @Test
    void theBestAreTheFrontThenWhatOnlyTheFrontBeats() {
        List<Integer> best = numbers(history().best(10));
        assertThat(best).hasSize(5).endsWith(3);
        assertThat(best.get(0)).isIn(1, 4);
    }

    @Test
    void onlyWhatIsNewOnTheFrontLeads() {
        History history = history();
        assertThat(history.leads(trial(9, 4, 40))).isFalse();
        assertThat(history.leads(trial(9, 9, 55))).isTrue();
        assertThat(history.beats(trial(9, 4, 50), trial(8, 4, 40))).isTrue();
        assertThat(history.beats(trial(9, 4, 50), trial(8, 3, 40))).isFalse();
        assertThat(history.beats(trial(9, 4, 50), history.trials().get(2))).isTrue();
    }

    @Test
    void aCopyOfTheFirstTrialsHasTheSameFront() {
        assertThat(numbers(history().first(3).front())).containsExactly(1, 0);
    }

    @Test
    void byAnotherMetricThereIsOneObjective() {
        History speed = history().by(new Objective("speed", Goal.MAXIMIZE));
        assertThat(speed.incumbent().orElseThrow().number()).isZero();
        assertThat(speed.value(speed.trials().get(5))).hasValue(10);
        assertThat(history().by(new Objective("none", Goal.MINIMIZE)).incumbent())
                .isEmpty();
    }

    @Test
    void theVolumeGrowsToThatOfTheFrontUpToATenthBeyondTheWorst() {
        Volume volume = Volume.of(history());
        assertThat(volume.reference()).hasSize(2);
        assertThat(volume.reference().get(0)).isCloseTo(6.5, within(1e-12)); // losses 1 to 6
        assertThat(volume.reference().get(1)).isCloseTo(6, within(1e-12)); // speeds 50 to 10
        assertThat(volume.history()).hasSize(6);
        double first = (6.5 - 5) * (50 - 6);
        double second = first + (5 - 4) * (40 - 6) + 0; // what trial 1 adds lies left of trial 0
        assertThat(volume.history().get(0)).isCloseTo(first, within(1e-9));
        assertThat(volume.history().get(1)).isCloseTo(second, within(1e-9));
        assertThat(volume.history().get(2)).isEqualTo(volume.history().get(1));
        assertThat(volume.now()).isCloseTo(second + (4 - 1) * (10 - 6), within(1e-9));
        assertThat(Volume.of(new History(BOTH)).now()).isZero();
    }

    /** Three trials of a front whose ranges are 1 by 1, times these. */
    private static Volume volume(double loss, double speed) {
        History history = new History(
                new Objective("loss", Goal.MINIMIZE, List.of(new Objective("speed", Goal.MAXIMIZE)), List.of()));
        double[][] values = {{-1, 0}, {0, 1}, {-0.5, 0.75}};
        for (int k = 0; k < values.length; k++) {
            double one = values[k][0] * loss;
            Map<String, Double> metrics = Map.of("loss", one, "speed", values[k][1] * speed);
            history.add(trial(k, new Outcome.Measured(one, metrics, List.of())));
        }
        return Volume.of(history);
    }

    @Test
    void aVolumeOfHugeOrTinyValuesIsRightWhereItIsANumber() {
        Volume plain = volume(1, 1);
        assertThat(plain.now()).isCloseTo(1.1 * 0.1 + 0.6 * 0.75 + 0.1 * 0.25, within(1e-12));
        double factor = Math.scalb(1.0, 1000);
        assertThat(volume(factor, 1 / factor).history()).isEqualTo(plain.history());
        assertThat(volume(Math.scalb(1.0, 600), Math.scalb(1.0, -1000)).now()).isEqualTo(Math.scalb(plain.now(), -400));
        assertThat(volume(1e308, 1e308).now()).isEqualTo(Double.MAX_VALUE);
        assertThat(volume(1.7e308, 1).history()).allMatch(Double::isFinite).isSorted();
        assertThat(volume(1e308, 1e-300).now()).isCloseTo(plain.now() * 1e8, within(1e-3));
    }

    /** From the one end of what is a number to the other. */
    @Test
    void theRangeItselfMayBeBeyondTheNumbers() {
        History history = new History(
                new Objective("loss", Goal.MINIMIZE, List.of(new Objective("speed", Goal.MAXIMIZE)), List.of()));
        double most = Double.MAX_VALUE;
        history.add(trial(0, new Outcome.Measured(most, Map.of("loss", most, "speed", 2.0), List.of())));
        history.add(trial(1, new Outcome.Measured(-most, Map.of("loss", -most, "speed", 1.0), List.of())));
        Volume volume = Volume.of(history);
        assertThat(volume.reference()).allMatch(Double::isFinite);
        assertThat(volume.history()).allMatch(Double::isFinite).isSorted();
        assertThat(volume.now()).isPositive();
    }

    @Test
    void whatBreaksAConditionIsInfeasibleByHowMuchItBreaksThem() {
        Outcome.Measured run = new Outcome.Measured(2, Map.of("speed", 600.0, "vram", 60.0), List.of());
        assertThat(BOTH.judged(run)).isInstanceOfSatisfying(Outcome.Infeasible.class, infeasible -> {
            assertThat(infeasible.broken()).containsExactly("vram <= 40", "loss + 1 > speed / 100");
            assertThat(infeasible.violation()).isCloseTo(0.5 + 0.5, within(1e-12)); // 20 of 40, 3 of 6
            assertThat(infeasible.measured()).isEqualTo(run);
        });
    }

    @Test
    void whatIsInfeasibleIsNeverTheBestAndIsToldAsThat() {
        History history = history();
        Trial best = trial(6, BOTH.judged(new Outcome.Measured(0, Map.of("speed", 99.0, "vram", 80.0), List.of())));
        history.add(best);
        assertThat(best.value()).isEmpty();
        assertThat(numbers(history.front())).doesNotContain(6);
        assertThat(history.best(10)).doesNotContain(best);
        assertThat(Observation.of(best, BOTH)).hasValueSatisfying(told -> {
            assertThat(told.kind()).isEqualTo(Observation.Kind.INFEASIBLE);
            assertThat(told.violation()).isEqualTo(1);
        });
    }

    @Test
    void aMissingMetricIsNamed() {
        Outcome.Measured run = new Outcome.Measured(2, Map.of("speed", 3.0), List.of());
        assertThat(BOTH.judged(run)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Outcome.Reason.NO_METRIC);
            assertThat(failed.detail()).contains("no value of vram beside loss");
        });
    }

    @Test
    void lossesTurnSignsEachByItsOwnGoal() {
        Outcome.Measured run = new Outcome.Measured(2, Map.of("speed", 3.0, "vram", 1.0), List.of());
        assertThat(BOTH.losses(run)).containsExactly(2, -3);
        assertThat(BOTH.judged(run)).isSameAs(run);
    }
}
