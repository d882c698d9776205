package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.reply.Forecast;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdaptiveTurnsTest {

    private static final Asked UNASKED = new Asked("", "", "", "");

    private static final SearchSpace SPACE = SearchSpace.of(new Parameter.Real("x", 0, 1, false));
    private static final int WARMUP = 10;

    /** Values of a side by the trial's number and a number between 0 and 1; not a number for a failure. */
    private interface Side extends BiFunction<Integer, Double, Double> {}

    /** Random search: new bests become rare. */
    private static final Side SEARCHING = (number, luck) -> 1 + luck;

    private static final Side TERRIBLE = (number, luck) -> 50 + luck;
    private static final Side FAILING = (number, luck) -> Double.NaN;
    private static final Side GOOD = (number, luck) -> 1 + 0.3 * luck - number / 1000.0;

    /** A study of 300 trials, and whose each of them was. */
    private static List<Boolean> study(Turns turns, Side optimizer, Side model, Forecast forecast) {
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(5);
        List<Boolean> models = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            boolean isModels = number > 0 && turns.isModels(number);
            turns.isModels(number + 1); // asked ahead, as a study does
            double value = (isModels ? model : optimizer).apply(number, random.nextDouble());
            Outcome outcome = Double.isNaN(value)
                    ? new Outcome.Failed(Outcome.Reason.CRASHED, "crashed")
                    : new Outcome.Measured(value);
            Origin origin = number == 0 ? Origin.BASELINE : isModels ? Origin.LLM : Origin.CMA_ES;
            Trial trial = new Trial(
                    number,
                    new Change.Settings(SPACE.decode(new double[] {random.nextDouble()})),
                    origin,
                    outcome,
                    Duration.ZERO);
            ModelTurn turn = new ModelTurn("", List.of(), List.of(), Usage.NONE, UNASKED)
                    .whenPicked(new Pick(1, 1, forecast), List.of());
            turns.learn(new Entry(trial, isModels ? Optional.of(turn) : Optional.empty()), history);
            history.add(trial);
            models.add(isModels);
        }
        return models;
    }

    private static long share(List<Boolean> models, int from, int to) {
        return IntStream.range(from, to).filter(models::get).count() * 100 / (to - from);
    }

    private static List<Boolean> study(Side optimizer, Side model) {
        return study(new AdaptiveTurns(WARMUP), optimizer, model, Forecast.NONE);
    }

    @Test
    void whileNothingSpeaksForEitherTheModelHasThreeTurnsInTen() {
        AdaptiveTurns turns = new AdaptiveTurns(WARMUP);
        assertThat(turns.share()).isEqualTo(0.3);
        assertThat(IntStream.range(0, WARMUP).filter(turns::isModels).count()).isZero();
        assertThat(share(study(SEARCHING, SEARCHING), WARMUP, 300)).isBetween(20L, 40L);
    }

    @Test
    void aModelThatIsSurelyWorseHasNextToNoTurns() {
        assertThat(share(study(SEARCHING, TERRIBLE), 40, 300)).isLessThan(6);
        assertThat(share(study(SEARCHING, FAILING), 40, 300)).isLessThan(6);
    }

    @Test
    void aModelThatHasNothingToSayHasNextToNoTurns() {
        AdaptiveTurns turns = new AdaptiveTurns(WARMUP);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(5);
        int asked = 0;
        for (int number = 0; number < 300; number++) {
            boolean isModels = number > 0 && turns.isModels(number);
            asked += isModels ? 1 : 0;
            Trial trial = new Trial(
                    number,
                    new Change.Settings(SPACE.decode(new double[] {random.nextDouble()})),
                    number == 0 ? Origin.BASELINE : Origin.CMA_ES,
                    new Outcome.Measured(SEARCHING.apply(number, random.nextDouble())),
                    Duration.ZERO);
            ModelTurn fallback = new ModelTurn("garbage", List.of(), List.of(), Usage.NONE, UNASKED);
            turns.learn(new Entry(trial, isModels ? Optional.of(fallback) : Optional.empty()), history);
            history.add(trial);
        }
        assertThat(asked).isBetween(1, 25);
    }

    @Test
    void aModelThatIsBetterHasUpToHalfOfThem() {
        assertThat(share(study(SEARCHING, GOOD), 60, 300)).isBetween(40L, 50L);
    }

    @Test
    void aModelThatWasBadIsHeardAgainAndComesBackWhenItIsGood() {
        Side late = (number, luck) -> number < 100 ? 50 + luck : 1 + 0.3 * luck - number / 1000.0;
        List<Boolean> models = study(SEARCHING, late);
        assertThat(share(models, 50, 100)).isLessThan(10);
        assertThat(share(models, 200, 300)).isGreaterThan(30);
    }

    @Test
    void goodForecastsCountForAModelAndBadOnesAgainstIt() {
        Forecast right = new Forecast(OptionalDouble.of(1.5), OptionalDouble.of(0));
        Forecast wrong = new Forecast(OptionalDouble.of(-90), OptionalDouble.of(1));
        long good = share(study(new AdaptiveTurns(WARMUP), SEARCHING, SEARCHING, right), WARMUP, 300);
        long bad = share(study(new AdaptiveTurns(WARMUP), SEARCHING, SEARCHING, wrong), WARMUP, 300);
        assertThat(good).isGreaterThan(bad + 5);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASELINE", "REPEAT"})
    void whatNobodyProposedSaysNothing(Origin origin) {
        AdaptiveTurns turns = new AdaptiveTurns(WARMUP);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        Trial trial = new Trial(
                0,
                new Change.Settings(SPACE.decode(new double[] {0.5})),
                origin,
                new Outcome.Measured(1),
                Duration.ZERO);
        turns.learn(new Entry(trial, Optional.empty()), history);
        assertThat(turns.share()).isEqualTo(0.3);
    }

    @Test
    void aTurnIsTheSameWhetherItWasAskedForAheadOrNot() {
        AdaptiveTurns ahead = new AdaptiveTurns(WARMUP);
        List<Boolean> models = study(ahead, SEARCHING, GOOD, Forecast.NONE);
        AdaptiveTurns resumed = new AdaptiveTurns(WARMUP);
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        SplitMix random = new SplitMix(5);
        List<Boolean> again = new ArrayList<>();
        for (int number = 0; number < 300; number++) {
            boolean isModels = number > 0 && resumed.isModels(number);
            double value = (isModels ? GOOD : SEARCHING).apply(number, random.nextDouble());
            Origin origin = number == 0 ? Origin.BASELINE : isModels ? Origin.LLM : Origin.CMA_ES;
            Trial trial = new Trial(
                    number,
                    new Change.Settings(SPACE.decode(new double[] {random.nextDouble()})),
                    origin,
                    new Outcome.Measured(value),
                    Duration.ZERO);
            resumed.learn(new Entry(trial, Optional.empty()), history);
            history.add(trial);
            again.add(isModels);
        }
        assertThat(again).isEqualTo(models);
    }

    @Test
    void refusesAWarmUpBelowZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveTurns(-1));
    }
}
