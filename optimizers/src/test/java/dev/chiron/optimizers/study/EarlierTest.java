package dev.chiron.optimizers.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EarlierTest {

    private static final Objective BEST_IS_LARGE = new Objective("accuracy", Objective.Goal.MAXIMIZE);
    private static final SearchSpace SPACE =
            new SearchSpace(List.of(new Parameter.Whole("N", 1, 10)), List.of(Constraint.parse("N <= 8")));

    private static Trial trial(int number, long n, Outcome outcome) {
        Config config = Config.of(Map.of("N", new Value.Whole(n)));
        return new Trial(number, new Change.Settings(config), Origin.IMPORTED, outcome, Duration.ZERO);
    }

    private static final Outcome FAILED = new Outcome.Failed(Outcome.Reason.CRASHED, "");
    private static final Earlier EARLIER = new Earlier(
            List.of(
                    trial(0, 2, new Outcome.Measured(0.5)),
                    trial(1, 3, FAILED),
                    trial(2, 9, new Outcome.Measured(0.9)),
                    trial(3, 4, new Outcome.Measured(0.7))),
            List.of(trial(4, 20, FAILED)));

    @Test
    void theBestToRunAgainKeepsTheConstraints() {
        assertThat(EARLIER.best(BEST_IS_LARGE, 2)).extracting(Trial::number).containsExactly(2, 3);
        assertThat(EARLIER.best(BEST_IS_LARGE, SPACE)).map(Trial::number).contains(3);
        assertThat(Earlier.NONE.best(BEST_IS_LARGE, SPACE)).isEmpty();
    }

    @Test
    void aHistoryKnowsThemWithoutCountingThem() {
        History history = new History(BEST_IS_LARGE, 0, EARLIER);

        assertThat(history.trials()).isEmpty();
        assertThat(history.incumbent()).isEmpty();
        assertThat(history.find(EARLIER.inside().get(0).config())).isEmpty();
        assertThat(history.knows(EARLIER.inside().get(0).config())).isTrue();
        history.add(trial(0, 5, new Outcome.Measured(0.1)));
        assertThat(history.incumbent()).map(Trial::number).contains(0);
        assertThat(history.known()).hasSize(6).endsWith(history.trials().get(0));
        assertThat(history.first(0).known()).isEqualTo(EARLIER.all());
        assertThat(history.anew().earlier()).isEqualTo(EARLIER);
    }
}
