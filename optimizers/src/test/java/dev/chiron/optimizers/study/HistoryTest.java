package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static Config config(int x) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("x", Value.of(x));
        return Config.of(values);
    }

    private static Trial trial(int number, int x, Outcome outcome) {
        return new Trial(number, new Change.Settings(config(x)), Origin.RANDOM, outcome, Duration.ofSeconds(1));
    }

    private static History history(Goal goal) {
        History history = new History(new Objective("loss", goal));
        history.add(trial(0, 1, new Outcome.Measured(2)));
        history.add(trial(1, 2, new Outcome.Failed(Outcome.Reason.CRASHED, "boom")));
        history.add(trial(2, 3, new Outcome.Measured(1)));
        history.add(trial(3, 4, new Outcome.Measured(1)));
        history.add(trial(4, 1, new Outcome.Measured(3)));
        history.add(trial(5, 5, new Outcome.Pruned(0.5, List.of())));
        return history;
    }

    @Test
    void theIncumbentIsTheEarliestOfTheBestMeasured() {
        assertThat(history(Goal.MINIMIZE).incumbent()).map(Trial::number).contains(2);
        assertThat(history(Goal.MAXIMIZE).incumbent()).map(Trial::number).contains(4);
        assertThat(new History(new Objective("loss", Goal.MINIMIZE)).incumbent())
                .isEmpty();
    }

    @Test
    void theBestAreMeasuredOnesBestFirst() {
        assertThat(history(Goal.MINIMIZE).best(3)).extracting(Trial::number).containsExactly(2, 3, 0);
        assertThat(history(Goal.MAXIMIZE).best(10)).extracting(Trial::number).containsExactly(4, 0, 2, 3);
        assertThat(history(Goal.MINIMIZE).best(0)).isEmpty();
    }

    @Test
    void theLastAreOldestFirst() {
        assertThat(history(Goal.MINIMIZE).last(2)).extracting(Trial::number).containsExactly(4, 5);
        assertThat(history(Goal.MINIMIZE).last(100)).hasSize(6);
    }

    @Test
    void aConfigIsFoundAtItsFirstTrial() {
        assertThat(history(Goal.MINIMIZE).find(config(1))).map(Trial::number).contains(0);
        assertThat(history(Goal.MINIMIZE).find(config(9))).isEmpty();
    }

    @Test
    void theTrialsCannotBeChangedFromOutside() {
        History history = history(Goal.MINIMIZE);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> history.trials().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> history.last(2).clear());
    }

    @Test
    void signsAreTurnedInOnePlace() {
        Objective accuracy = new Objective("accuracy", Goal.MAXIMIZE);
        assertThat(accuracy.loss(0.9)).isEqualTo(-0.9);
        assertThat(accuracy.isBetter(0.9, 0.8)).isTrue();
        assertThat(accuracy.isBetter(0.9, 0.9)).isFalse();
        assertThat(accuracy.goal().label()).isEqualTo("maximize");
    }

    @Test
    void aMeasuredValueIsFinite() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Measured(value));
        }
    }

    @Test
    void labelsAreReadBack() {
        for (Outcome.Reason reason : Outcome.Reason.values()) {
            assertThat(Outcome.Reason.labelled(reason.label())).contains(reason);
        }
        for (Origin origin : Origin.values()) {
            assertThat(Origin.labelled(origin.label())).contains(origin);
        }
        assertThat(Origin.labelled("nobody")).isEmpty();
        assertThat(Origin.LLM_REPAIRED.isModel()).isTrue();
        assertThat(Origin.CMA_ES.isModel()).isFalse();
        assertThat(history(Goal.MINIMIZE).trials())
                .extracting(trial -> trial.outcome().status())
                .containsExactly("measured", "failed", "measured", "measured", "measured", "pruned");
    }

    @Test
    void pendingTrialsAreTakenAndCountAndAreNotAmongTheTrials() {
        History history = history(Goal.MINIMIZE);
        int proposed = history.proposed();
        history.begin(new Pending(7, new Change.Settings(config(21)), Origin.TPE));
        history.begin(new Pending(6, new Change.Settings(config(20)), Origin.PERSON));
        assertThat(history.pending()).extracting(Pending::number).containsExactly(6, 7);
        assertThat(history.knows(config(20))).isTrue();
        assertThat(history.isTaken(new Change.Settings(config(21)))).isTrue();
        assertThat(history.find(config(21))).isEmpty();
        assertThat(history.next()).isEqualTo(8);
        assertThat(history.proposed()).as("a wish is nobody's turn").isEqualTo(proposed + 1);
        assertThat(history.trials()).hasSize(6);
        history.end(7);
        history.add(trial(7, 21, new Outcome.Measured(5)));
        assertThat(history.next()).isEqualTo(8);
        assertThat(history.pending()).extracting(Pending::number).containsExactly(6);
        assertThat(history.first(6).pending()).isEmpty();
    }

    /** One config for two parts of a training: what is run is the same until both have ended. */
    @Test
    void whatIsPendingTwiceIsPendingUntilBothHaveEnded() {
        History history = history(Goal.MINIMIZE);
        Fidelity part = new Fidelity("EPOCHS", new Value.Whole(3), new Value.Whole(9));
        Change change = new Change.Settings(config(9), Optional.of(part));
        history.begin(new Pending(6, change, Origin.RANDOM));
        history.begin(new Pending(7, new Change.Settings(config(9)), Origin.PROMOTED));
        history.begin(new Pending(7, new Change.Settings(config(9)), Origin.PROMOTED));
        assertThat(history.pending(change)).map(Pending::number).contains(6);
        assertThat(history.proposed()).isEqualTo(7);
        history.end(6);
        assertThat(history.pending(change)).map(Pending::number).contains(7);
        assertThat(history.proposed()).isEqualTo(6);
        history.end(7);
        history.end(7);
        assertThat(history.isTaken(change)).isFalse();
        assertThat(history.next()).isEqualTo(6);
        history.setPending(List.of(new Pending(8, change, Origin.RANDOM)));
        history.setPending(List.of());
        assertThat(history.pending(change)).isEmpty();
        assertThat(history.proposed()).isEqualTo(6);
    }

    @Test
    void aPromotedTrialBeganWithTheFirstOfItsConfig() {
        History history = history(Goal.MINIMIZE);
        Change change = new Change.Settings(config(1));
        Trial promoted = new Trial(6, change, Origin.PROMOTED, new Outcome.Measured(1), Duration.ZERO);
        history.add(promoted);
        assertThat(history.beginning(promoted).number()).isZero();
        assertThat(history.beginning(history.trials().get(4)).number()).isEqualTo(4);
        Trial alone =
                new Trial(7, new Change.Settings(config(77)), Origin.PROMOTED, new Outcome.Measured(1), Duration.ZERO);
        history.add(alone);
        assertThat(history.beginning(alone)).isEqualTo(alone);
    }

    @Test
    void whatWasKnownAfterSomeTrialsIsWithoutThoseOutsideAndLater() {
        History history = history(Goal.MINIMIZE);
        history.addOutside(trial(6, 70, new Outcome.Measured(5)));
        history.add(trial(7, 71, new Outcome.Measured(5)));
        assertThat(history.known(8)).isEqualTo(history.known());
        assertThat(history.known(7)).extracting(Trial::number).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(history.known(2)).extracting(Trial::number).containsExactly(0, 1);
        assertThat(history.inside()).extracting(Trial::number).containsExactly(0, 1, 2, 3, 4, 5, 7);
    }

    @Test
    void noRepeatIsDueWhileOneIsPending() {
        History history = new History(new Objective("loss", Goal.MINIMIZE), 3);
        history.add(trial(0, 1, new Outcome.Measured(2)));
        history.add(trial(1, 2, new Outcome.Measured(1)));
        Trial due = history.rerun().orElseThrow();
        history.begin(new Pending(2, due.change(), Origin.REPEAT));
        assertThat(history.rerun()).isEmpty();
        history.end(2);
        assertThat(history.rerun()).isPresent();
    }
}
