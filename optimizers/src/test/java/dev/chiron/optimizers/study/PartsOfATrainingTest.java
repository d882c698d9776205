package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective.Goal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartsOfATrainingTest {

    private static final Objective OBJECTIVE = new Objective("loss", Goal.MINIMIZE);
    private static final Fidelity THIRD = new Fidelity("EPOCHS", new Value.Whole(3), new Value.Whole(9));

    private static Config config(long x) {
        return Config.of(Map.of("x", new Value.Whole(x)));
    }

    private static Trial part(int number, long x, double value) {
        return new Trial(
                number,
                new Change.Settings(config(x), Optional.of(THIRD)),
                Origin.TPE,
                new Outcome.Partial(new Outcome.Measured(value), THIRD),
                Duration.ofSeconds(1));
    }

    private static Trial whole(int number, long x, Origin origin, double value) {
        return new Trial(
                number, new Change.Settings(config(x)), origin, new Outcome.Measured(value), Duration.ofSeconds(3));
    }

    @Test
    void aPartIsNeverTheBest() {
        History history = new History(OBJECTIVE);
        history.add(whole(0, 1, Origin.BASELINE, 5));
        history.add(part(1, 2, 0.1));
        assertThat(history.incumbent().orElseThrow().number()).isZero();
        assertThat(history.best(9)).hasSize(1);
        assertThat(history.knows(config(2))).as("it is no new config").isTrue();
    }

    @Test
    void theWholeTrainingOfAConfigStandsForIt() {
        History history = new History(OBJECTIVE);
        history.add(whole(0, 1, Origin.BASELINE, 5));
        history.add(part(1, 2, 6));
        assertThat(history.find(config(2)).orElseThrow().number()).isEqualTo(1);
        history.add(whole(2, 2, Origin.PROMOTED, 4));
        assertThat(history.find(config(2)).orElseThrow().number()).isEqualTo(2);
        assertThat(history.beginning(history.trials().get(2)).number()).isEqualTo(1);
        assertThat(history.proposed()).as("a promotion is nobody's turn").isEqualTo(2);
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(2);
    }

    /** What a shorter run gave is no run of the whole training: neither a failure nor a value of the mean. */
    @Test
    void withRepeatsAPromotedConfigIsHeldAgainstTheIncumbent() {
        History history = new History(OBJECTIVE, 1);
        history.add(whole(0, 1, Origin.BASELINE, 5));
        history.add(part(1, 2, 9));
        history.add(whole(2, 2, Origin.PROMOTED, 3));
        assertThat(history.challenger().orElseThrow().number()).isEqualTo(2);
        for (int number = 3; history.rerun().isPresent(); number++) {
            Trial again = history.rerun().get();
            assertThat(again.change().fidelity()).isEmpty();
            history.add(whole(number, again.number() == 0 ? 1 : 2, Origin.REPEAT, again.number() == 0 ? 5.1 : 3.1));
        }
        assertThat(history.incumbent().orElseThrow().number()).isEqualTo(2);
        assertThat(history.value(history.trials().get(2)).orElseThrow()).isBetween(2.9, 3.2);
        assertThat(history.value(history.trials().get(1)))
                .as("not its whole training's")
                .isEmpty();
    }

    @Test
    void anOptimizerIsToldWhatPartItWas() {
        assertThat(Observation.of(part(1, 2, 0.1), OBJECTIVE).orElseThrow().share())
                .isEqualTo(3.0 / 9);
        assertThat(Observation.of(whole(1, 2, Origin.TPE, 0.1), OBJECTIVE)
                        .orElseThrow()
                        .share())
                .isEqualTo(1);
    }

    @Test
    void aPartIsAboveNothingAndAtMostTheWhole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fidelity("E", new Value.Whole(10), new Value.Whole(9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fidelity("E", new Value.Whole(0), new Value.Whole(9)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fidelity("E", new Value.Text("a"), new Value.Whole(9)));
    }

    @Test
    void aBudgetOfWholeTrainingsCountsParts() {
        Budget budget = new Budget(
                OptionalInt.empty(),
                OptionalDouble.of(2),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                OptionalInt.empty());
        assertThat(budget.allows(5, 5 / 3.0, Duration.ZERO)).isTrue();
        assertThat(budget.allows(6, 6 * (1 / 3.0), Duration.ZERO)).isFalse();
    }
}
