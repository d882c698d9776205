package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReckoningTest {

    private static History history(double... values) {
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        for (double value : values) {
            history.add(new Trial(
                    history.trials().size(),
                    new Change.Settings(Config.of(Map.of())),
                    Origin.RANDOM,
                    new Outcome.Measured(value),
                    Duration.ZERO));
        }
        return history;
    }

    @Test
    void whatIsFarFromAllThatWasMeasuredCannotBeReckonedWith() {
        History history = history(0.9, 1.1, 1.0);
        assertThat(Reckoning.holds(0.2, history)).isTrue();
        assertThat(Reckoning.holds(-3, history)).isTrue();
        assertThat(Reckoning.holds(12, history)).isTrue();
        assertThat(Reckoning.holds(13, history)).isFalse();
        assertThat(Reckoning.holds(-1e308, history)).isFalse();
        assertThat(Reckoning.of(OptionalDouble.of(1e308), history)).isEmpty();
        assertThat(Reckoning.of(OptionalDouble.empty(), history)).isEmpty();
    }

    @Test
    void withoutARangeOnlyWhatSpoilsSumsIsOut() {
        assertThat(Reckoning.holds(1e9, history())).isTrue();
        assertThat(Reckoning.holds(1e9, history(5))).isTrue();
        assertThat(Reckoning.holds(1e9, history(5, 5))).isTrue();
        assertThat(Reckoning.holds(1e308, history(5))).isFalse();
    }
}
