package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WarmStartCreditTest {

    /** The share after five ever better trials of this origin, and five bad ones of the optimizer. */
    private static double after(Origin origin) {
        AdaptiveTurns turns = new AdaptiveTurns(20);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        for (int number = 0; number < 11; number++) {
            Trial trial = new Trial(
                    number,
                    new Change.Settings(Config.of(Map.of("X", new Value.Real(number)))),
                    number == 0 ? Origin.BASELINE : number < 6 ? origin : Origin.CMA_ES,
                    new Outcome.Measured(number < 6 ? 10 - number : 20 + number),
                    Duration.ZERO);
            turns.learn(new Entry(trial, Optional.empty()), history);
            history.add(trial);
        }
        return turns.share();
    }

    /** The share after four trials of the optimizer, on turns of this prompt at which the model was of no use. */
    private static double afterFallbacks(String template) {
        AdaptiveTurns turns = new AdaptiveTurns(20);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        for (int number = 0; number < 5; number++) {
            Trial trial = new Trial(
                    number,
                    new Change.Settings(Config.of(Map.of("X", new Value.Real(number)))),
                    number == 0 ? Origin.BASELINE : Origin.CMA_ES,
                    new Outcome.Measured(10 - number),
                    Duration.ZERO);
            Asked asked = new Asked("", "m", template, "");
            ModelTurn turn = new ModelTurn("garbage", List.of(), List.of(), Usage.NONE, asked);
            turns.learn(new Entry(trial, number == 0 ? Optional.empty() : Optional.of(turn)), history);
            history.add(trial);
        }
        return turns.share();
    }

    @Test
    void firstConfigsThatTheOptimizerHadToProposeAreNotHeldAgainstTheModel() {
        double before = new AdaptiveTurns(20).share();

        assertThat(afterFallbacks("warm-start")).isCloseTo(before, within(1e-9));
        assertThat(afterFallbacks("centaur")).isLessThan(before);
    }

    @Test
    void theFirstConfigsAreToNobodysCredit() {
        double before = new AdaptiveTurns(20).share();

        assertThat(after(Origin.WARM_START)).isEqualTo(before);
        assertThat(after(Origin.LLM)).isGreaterThan(before);
    }
}
