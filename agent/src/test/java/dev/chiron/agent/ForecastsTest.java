package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ForecastsTest {

    private static final Asked UNASKED = new Asked("", "", "", "");

    private static final SearchSpace SPACE = SearchSpace.of(new Parameter.Real("x", 0, 1, false));
    private static final Outcome CRASH = new Outcome.Failed(Outcome.Reason.CRASHED, "crashed");

    private final List<Entry> entries = new ArrayList<>();

    private void trial(Origin origin, Outcome outcome, Forecast forecast) {
        ModelTurn turn = new ModelTurn("", List.of(), List.of(), Usage.NONE, UNASKED)
                .whenPicked(new Pick(3, 1, forecast), List.of());
        Trial trial = new Trial(
                entries.size(), new Change.Settings(SPACE.decode(new double[] {0.5})), origin, outcome, Duration.ZERO);
        entries.add(new Entry(trial, Optional.of(turn)));
    }

    private static Forecast forecast(double value, double failure) {
        return new Forecast(OptionalDouble.of(value), OptionalDouble.of(failure));
    }

    @Test
    void nothingIsSaidOfAModelThatForecastsNothing() {
        trial(Origin.LLM, new Outcome.Measured(1), Forecast.NONE);
        assertThat(Forecasts.of(entries)).isEqualTo(new Forecasts(0, OptionalDouble.empty(), 0, 0, 0));
    }

    @Test
    void aTurnOnWhichTheModelProposedWhatTheOptimizerDidIsAnEcho() {
        trial(Origin.LLM, new Outcome.Measured(1), Forecast.NONE);
        trial(Origin.CMA_ES, new Outcome.Measured(1), Forecast.NONE);
        Tally tally = Tally.of(entries, List.of());
        assertThat(tally.modelTurns()).isEqualTo(2);
        assertThat(tally.echoed()).isEqualTo(1);
        assertThat(tally.fallbacks()).isZero();
    }

    @Test
    void theMedianErrorAndTheFailuresAreThoseOfTheModelsOwnTrials() {
        trial(Origin.LLM, new Outcome.Measured(1), forecast(1.1, 0));
        trial(Origin.LLM_REPAIRED, new Outcome.Measured(1), forecast(1.2, 0.25));
        trial(Origin.LLM, new Outcome.Measured(1), forecast(9, 0.25));
        trial(Origin.LLM, CRASH, forecast(1, 0.75));
        trial(Origin.CMA_ES, CRASH, forecast(1, 1)); // not what it proposed
        Forecasts forecasts = Forecasts.of(entries);
        assertThat(forecasts.values()).isEqualTo(3);
        assertThat(forecasts.error().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(forecasts.chances()).isEqualTo(4);
        assertThat(forecasts.expected()).isEqualTo(1.25);
        assertThat(forecasts.failed()).isEqualTo(1);
    }
}
