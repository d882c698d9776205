package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class HistoryOfEditsTest {

    private static final Objective LOSS = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config CONFIG = Config.of(Map.of("RATE", new Value.Real(0.1)));
    private static final Variant ROOT = Variant.root("root");
    private static final Change BASELINE = new Change.Settings(CONFIG);

    private static Change edit(String text) {
        return new Change.Edit(CONFIG, ROOT.edited(text, "an idea"));
    }

    private static Trial trial(History history, Change change, Origin origin, double value, OptionalDouble holdout) {
        Outcome outcome = new Outcome.Measured(value, Map.of(), List.of(), holdout);
        return new Trial(history.trials().size(), change, origin, outcome, Duration.ofSeconds(1));
    }

    private static History history(int repeats, boolean holdout) {
        Evidence evidence = new Evidence(0, new Evidence.Edits(repeats, 0.05, 3, holdout));
        return new History(LOSS, evidence, Earlier.NONE);
    }

    /** Runs a change and all that the history wants run again because of it. */
    private static void study(
            History history,
            Change change,
            Origin origin,
            ToDoubleFunction<Change> value,
            ToDoubleFunction<Change> hold) {
        add(history, change, origin, value, hold);
        for (int runs = 0; history.rerun().isPresent(); runs++) {
            assertThat(runs).isLessThan(40);
            add(history, history.rerun().get().change(), Origin.REPEAT, value, hold);
        }
    }

    private static void add(
            History history,
            Change change,
            Origin origin,
            ToDoubleFunction<Change> value,
            ToDoubleFunction<Change> hold) {
        OptionalDouble holdout =
                history.needsHoldout() ? OptionalDouble.of(hold.applyAsDouble(change)) : OptionalDouble.empty();
        history.add(trial(history, change, origin, value.applyAsDouble(change), holdout));
    }

    @Test
    void anEditThatIsNoBetterIsKeptAboutAsSeldomAsTheLevelSays() {
        Random random = new Random(7);
        int kept = 0;
        int studies = 1000;
        for (int i = 0; i < studies; i++) {
            History history = history(5, false);
            study(history, BASELINE, Origin.BASELINE, change -> random.nextGaussian(), change -> 0);
            study(history, edit("other"), Origin.LLM, change -> random.nextGaussian(), change -> 0);
            kept += history.incumbents().size() - 1;
        }
        assertThat(kept).isLessThan(studies * 5 / 100);
    }

    @Test
    void aGainThatIsNotClearOnTheHoldoutIsLookedForAgain() {
        Random random = new Random(10);
        ToDoubleFunction<Change> value = change -> (change.variant().isEmpty() ? 12 : 0) + random.nextGaussian();
        int[] kept = new int[2];
        int again = 0;
        for (int i = 0; i < 200; i++) {
            for (int gain = 0; gain < 2; gain++) {
                double shown = 1.5 + 3.0 * gain;
                History history = history(5, true);
                ToDoubleFunction<Change> hold =
                        change -> (change.variant().isEmpty() ? shown : 0) + random.nextGaussian();
                study(history, BASELINE, Origin.BASELINE, value, hold);
                study(history, edit("other"), Origin.LLM, value, hold);
                kept[gain] += history.incumbents().size() - 1;
                assertThat(history.trials())
                        .filteredOn(HistoryOfEditsTest::isHeldOut)
                        .hasSizeBetween(1, 6);
                again += history.trials().stream()
                                        .filter(HistoryOfEditsTest::isHeldOut)
                                        .count()
                                > 2
                        ? 1
                        : 0;
            }
        }
        assertThat(again).as("how often one look is not enough").isBetween(100, 300);
        assertThat(kept[0]).as("an eighth shows, one look keeps 29").isLessThan(25);
        assertThat(kept[1]).as("three eighths show").isGreaterThan(175);
    }

    private static boolean isHeldOut(Trial trial) {
        return ((Outcome.Measured) trial.outcome()).holdout().isPresent();
    }

    @Test
    void anEditThatIsBetterByManyTimesTheNoiseIsKept() {
        Random random = new Random(8);
        int kept = 0;
        for (int i = 0; i < 200; i++) {
            History history = history(5, false);
            ToDoubleFunction<Change> value =
                    change -> random.nextGaussian() + (change.variant().isEmpty() ? 6 : 0);
            study(history, BASELINE, Origin.BASELINE, value, change -> 0);
            study(history, edit("other"), Origin.LLM, value, change -> 0);
            kept += history.incumbents().size() - 1;
        }
        assertThat(kept).isGreaterThan(180);
    }

    @Test
    void whereRunsRepeatExactlyTwoRepeatsAreEnough() {
        History history = history(5, false);
        ToDoubleFunction<Change> value = change -> change.variant().isEmpty() ? 2 : 1;
        study(history, BASELINE, Origin.BASELINE, value, change -> 0);
        study(history, edit("other"), Origin.LLM, value, change -> 0);
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(1);
        assertThat(history.trials()).hasSize(4);
        assertThat(history.trials().subList(2, 4)).allMatch(trial -> trial.origin() == Origin.REPEAT);
    }

    @Test
    void anEditWhoseRepeatFailsIsNotKept() {
        History history = history(5, false);
        study(history, BASELINE, Origin.BASELINE, change -> 2, change -> 0);
        history.add(trial(history, edit("other"), Origin.LLM, 1, OptionalDouble.empty()));
        Trial again = history.rerun().orElseThrow();
        Outcome crash = new Outcome.Failed(Outcome.Reason.CRASHED, "at times");
        history.add(new Trial(2, again.change(), Origin.REPEAT, crash, Duration.ZERO));
        assertThat(history.rerun()).isEmpty();
        assertThat(history.incumbents()).hasSize(1);
    }

    @Test
    void aGainThatDoesNotShowOnTheHoldoutIsNotKept() {
        History history = history(3, true);
        ToDoubleFunction<Change> value = change -> change.variant().isEmpty() ? 2 : 1;
        study(history, BASELINE, Origin.BASELINE, value, change -> 2);
        study(history, edit("memorises"), Origin.LLM, value, change -> 1.9);
        assertThat(history.incumbents()).hasSize(1);
        study(history, edit("learns"), Origin.LLM, value, change -> 1.2);
        assertThat(history.incumbent().orElseThrow().change()).isEqualTo(edit("learns"));
    }

    @Test
    void theHoldoutIsMeasuredForTheBaselineAndForWhatHasWonAlone() {
        History history = history(3, true);
        assertThat(history.needsHoldout()).isTrue();
        ToDoubleFunction<Change> value =
                change -> change.equals(edit("better")) ? 1 : change.variant().isEmpty() ? 2 : 3;
        study(history, BASELINE, Origin.BASELINE, value, value);
        assertThat(history.needsHoldout()).isFalse();
        study(history, edit("worse"), Origin.LLM, value, value);
        study(history, edit("better"), Origin.LLM, value, value);
        List<Trial> scored = history.trials().stream()
                .filter(trial -> ((Outcome.Measured) trial.outcome()).holdout().isPresent())
                .toList();
        assertThat(scored)
                .extracting(Trial::number)
                .containsExactly(0, history.trials().size() - 1);
    }

    /** Two edits were kept; without the first the last script is worse by so much, and without the second, which did nothing, not. */
    private static History ablated(double lost) {
        History history = history(3, false);
        Variant first = ROOT.edited("first", "helps");
        Change one = new Change.Edit(CONFIG, first);
        Change two = new Change.Edit(CONFIG, first.edited("second", "does nothing"));
        ToDoubleFunction<Change> value = change -> change.equals(two) ? 0.9 : change.equals(one) ? 1 : 2;
        study(history, BASELINE, Origin.BASELINE, value, change -> 0);
        study(history, one, Origin.LLM, value, change -> 0);
        study(history, two, Origin.LLM, value, change -> 0);
        Change without1 = new Change.Edit(CONFIG, new Variant("a", first.id(), "only second", "without: helps"));
        String second = two.variant().orElseThrow().id();
        Change without2 = new Change.Edit(CONFIG, new Variant("b", second, "only first", "without: does nothing"));
        for (int i = 0; i < 3; i++) {
            history.add(trial(history, without1, Origin.ABLATION, 0.9 + lost, OptionalDouble.empty()));
            history.add(trial(history, without2, Origin.ABLATION, 0.9, OptionalDouble.empty()));
        }
        return history;
    }

    @Test
    void ablationsTellWhatEachKeptEditIsWorthAndChallengeNobody() {
        History history = ablated(0.8);
        assertThat(history.incumbents()).hasSize(3);
        assertThat(Effect.of(history))
                .extracting(effect -> Math.round(10 * effect.gain()))
                .containsExactly(8L, 0L);
        assertThat(Effect.of(history)).extracting(Effect::isIdle).containsExactly(false, true);
        assertThat(history.best(9)).noneMatch(trial -> trial.origin() == Origin.ABLATION);
        assertThat(history.proposed()).isEqualTo(3);
    }

    @Test
    void aLeanScriptIsTheResultUnlessItIsWorse() {
        Change lean = new Change.Edit(CONFIG, new Variant("l", "", "only what helps", "without what does nothing"));
        History equal = ablated(0.8);
        History worse = ablated(0.8);
        for (int i = 0; i < 3; i++) {
            assertThat(equal.incumbents()).hasSize(3);
            equal.add(trial(equal, lean, Origin.LEAN, 0.9, OptionalDouble.empty()));
            worse.add(trial(worse, lean, Origin.LEAN, 1.1, OptionalDouble.empty()));
        }
        assertThat(equal.incumbent().orElseThrow().change()).isEqualTo(lean);
        assertThat(worse.incumbents()).hasSize(3);
        assertThat(Effect.of(equal)).as("still of what it was compared with").hasSize(2);
    }

    @Test
    void equalValuesOfAnotherScriptAreNoRepeatOfTheConfig() {
        History history = history(3, false);
        study(history, BASELINE, Origin.BASELINE, change -> 2, change -> 0);
        study(history, edit("worse"), Origin.LLM, change -> 3, change -> 0);
        assertThat(history.find(CONFIG).orElseThrow().number()).isZero();
        assertThat(history.find(edit("worse")).orElseThrow().number()).isEqualTo(1);
        assertThat(history.find(edit("unknown"))).isEmpty();
    }

    @Test
    void numbersOfTheIncumbentsOwnScriptNeedNoTest() {
        History history = history(3, false);
        study(history, BASELINE, Origin.BASELINE, change -> 2, change -> 0);
        Config other = Config.of(Map.of("RATE", new Value.Real(0.2)));
        study(history, new Change.Settings(other), Origin.CMA_ES, change -> 1.5, change -> 0);
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(1);
        assertThat(history.trials()).hasSize(2);
    }
}
