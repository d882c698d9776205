package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.agent.propose.Suggestions.Suggestion;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.feasibility.Flaw;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SuggestionsTest {

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("X", 0, 1, false), new Parameter.Whole("SIZE", 1, 1024));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config BASELINE = SPACE.decode(new double[] {0.5, 0.05});

    private static Outcome outcome(Config config) {
        double size = config.get("SIZE").asNumber().orElseThrow();
        return size > 500
                ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "")
                : new Outcome.Measured(config.get("X").asNumber().orElseThrow() - size / 1000);
    }

    /** A study of so many trials; gives their origins, and fills the history. */
    private static List<Origin> run(Method method, Tactics tactics, int trials, History history) {
        return run(method, tactics, trials, history, SuggestionsTest::outcome);
    }

    private static List<Origin> run(
            Method method, Tactics tactics, int trials, History history, Function<Config, Outcome> outcome) {
        Suggestions suggestions =
                new Suggestions(method.start(SPACE, Prior.flat(SPACE, BASELINE), 5), tactics, SPACE, OBJECTIVE, 5);
        List<Origin> origins = new ArrayList<>();
        Optional<Suggestion> next = Optional.of(new Suggestion(BASELINE, Origin.BASELINE));
        for (int i = 0; i < trials && next.isPresent(); i++) {
            Config config = next.get().config();
            origins.add(next.get().origin());
            Trial trial = new Trial(
                    i, new Change.Settings(config), next.get().origin(), outcome.apply(config), Duration.ZERO);
            suggestions.observe(trial);
            history.add(trial);
            next = suggestions.next(history);
        }
        return origins;
    }

    private static long failures(History history, int from) {
        return history.trials().stream()
                .filter(trial -> trial.number() >= from && trial.value().isEmpty())
                .count();
    }

    @Test
    void everyThirdTrialMovesTheIncumbentAndSaysSo() {
        History history = new History(OBJECTIVE);
        List<Origin> origins = run(Method.TPE, Tactics.DEFAULT, 64, history);
        assertThat(origins.subList(0, 4)).doesNotContain(Origin.LOCAL_MOVE);
        assertThat(origins.subList(4, 64)).filteredOn(Origin.LOCAL_MOVE::equals).hasSize(20);
        assertThat(run(Method.TPE, Tactics.NONE, 64, new History(OBJECTIVE))).doesNotContain(Origin.LOCAL_MOVE);
    }

    /** The better, the larger, and from 500 on it fails: the worst that can be asked of a model of failures. */
    @Test
    void whatWillAlmostSurelyFailIsLeftOut() {
        History plain = new History(OBJECTIVE);
        History careful = new History(OBJECTIVE);
        run(Method.CMA_ES, Tactics.NONE, 150, plain);
        run(Method.CMA_ES, new Tactics(0, true), 150, careful);
        assertThat(failures(careful, 30)).isLessThan(failures(plain, 30) * 2 / 3);
        assertThat(careful.incumbent().orElseThrow().value().orElseThrow()).isLessThan(-0.35);
    }

    /** A trial that breaks a condition teaches where it is broken as one that ran out of memory teaches where memory ends. */
    @Test
    void whatBreaksAConditionIsLeftOutLikeWhatFails() {
        Function<Config, Outcome> breaking = config -> outcome(config) instanceof Outcome.Failed
                ? new Outcome.Infeasible(new Outcome.Measured(0), List.of("mem <= 500"), 1)
                : outcome(config);
        for (Method method : List.of(Method.GP, Method.TPE, Method.CMA_ES, Method.TURBO)) {
            History failed = new History(OBJECTIVE);
            History broken = new History(OBJECTIVE);
            run(method, method.tactics(), 50, failed);
            run(method, method.tactics(), 50, broken, breaking);
            assertThat(broken.trials())
                    .as(method.label())
                    .extracting(Trial::config)
                    .isEqualTo(failed.trials().stream().map(Trial::config).toList());
        }
    }

    /** A fiftieth of the space keeps the condition, far from the baseline; each trial says by how much it is broken. */
    @Test
    void whereNothingKeepsTheConditionsTheLeastBrokenIsMoved() {
        Function<Config, Outcome> outcome = config -> {
            double x = config.get("X").asNumber().orElseThrow();
            Outcome.Measured measured = new Outcome.Measured(-x);
            return x > 0.02 ? new Outcome.Infeasible(measured, List.of("mem <= 2"), x / 0.02 - 1) : measured;
        };
        for (Method method : List.of(Method.GP, Method.CMA_ES, Method.GENETIC, Method.CONFORMAL, Method.COST_AWARE)) {
            History history = new History(OBJECTIVE);
            run(method, method.tactics(), 40, history, outcome);
            assertThat(history.trials())
                    .filteredOn(trial -> trial.outcome() instanceof Outcome.Measured)
                    .as(method.label())
                    .hasSizeGreaterThan(2);
            assertThat(history.leastBroken()).isEmpty();
        }
        History pure = new History(OBJECTIVE);
        assertThat(run(Method.RANDOM, Method.RANDOM.tactics(), 20, pure, outcome))
                .doesNotContain(Origin.LOCAL_MOVE);
    }

    /** One failure says next to nothing of options that were never run: a model that knows them is not refused for it. */
    @Test
    void whereNothingIsKnownAModelIsBelieved() {
        SearchSpace space = SearchSpace.of(
                new Parameter.Whole("WIDTH", 16, 256), Parameter.Choice.of("ACT", "relu", "gelu", "tanh", "silu"));
        History history = new History(OBJECTIVE);
        long[] widths = {64, 80, 100, 250, 48, 128, 32, 90, 110, 70};
        for (int i = 0; i < widths.length; i++) {
            Config config = space.decode(new double[] {0, 0}).with("WIDTH", Value.of(widths[i]));
            Outcome outcome = widths[i] > 200
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "")
                    : new Outcome.Measured((double) widths[i]);
            history.add(new Trial(i, new Change.Settings(config), Origin.RANDOM, outcome, Duration.ZERO));
        }
        Config unseen =
                space.decode(new double[] {0, 0}).with("WIDTH", Value.of(64L)).with("ACT", Value.of("gelu"));
        Suggestions suggestions = new Suggestions(
                Method.RANDOM_FOREST.start(space, Prior.flat(space, unseen), 1), Tactics.DEFAULT, space, OBJECTIVE, 1);
        assertThat(suggestions.doubts(history, 11).apply(unseen)).isEmpty();
        Config wide = unseen.with("WIDTH", Value.of(256L)).with("ACT", Value.of("relu"));
        assertThat(suggestions.doubts(history, 11).apply(wide)).contains(Flaw.of(Outcome.Reason.OUT_OF_MEMORY));

        assertThat(novel(space, history.first(4), Method.RANDOM_FOREST.tactics()))
                .isGreaterThan(novel(space, history.first(4), Tactics.DEFAULT));
    }

    /** Of ten random forests those that try an option that was never run. */
    private static long novel(SearchSpace space, History history, Tactics tactics) {
        return LongStream.range(0, 10)
                .filter(seed -> {
                    Config start = space.decode(new double[] {0, 0});
                    Optimizer forest = Method.RANDOM_FOREST.start(space, Prior.flat(space, start), seed);
                    history.trials()
                            .forEach(trial -> Observation.of(trial, OBJECTIVE).ifPresent(forest::tell));
                    Config next = new Suggestions(forest, tactics, space, OBJECTIVE, seed)
                            .own(history)
                            .orElseThrow()
                            .config();
                    return !next.get("ACT").equals(Value.of("relu"));
                })
                .count();
    }

    @Test
    void whenTheOptimizerHasNothingNewChanceTakesItsPlaceUnderItsOwnName() {
        SearchSpace small = SearchSpace.of(new Parameter.Whole("K", 1, 300));
        Config start = small.decode(new double[] {0});
        Suggestions suggestions = new Suggestions(
                Method.CMA_ES.start(small, Prior.flat(small, start), 1), Tactics.NONE, small, OBJECTIVE, 1);
        History history = new History(OBJECTIVE);
        List<Origin> origins = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Suggestion next = suggestions.next(history).orElseThrow();
            origins.add(next.origin());
            double k = next.config().get("K").asNumber().orElseThrow();
            Trial trial = new Trial(
                    i, new Change.Settings(next.config()), next.origin(), new Outcome.Measured(k), Duration.ZERO);
            suggestions.observe(trial);
            history.add(trial);
        }
        assertThat(origins).contains(Origin.CMA_ES, Origin.RANDOM);
        assertThat(suggestions.next(history)).isEmpty();
    }

    @Test
    void theShareOfMovesIsExact() {
        for (double share : new double[] {0, 0.1, 0.25, 1.0 / 3, 0.5, 1}) {
            Tactics tactics = new Tactics(share, false);
            long local = IntStream.range(4, 304).filter(tactics::isLocal).count();
            assertThat(local).isBetween((long) Math.floor(300 * share), (long) Math.ceil(300 * share));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Tactics(1.1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tactics(Double.NaN, true));
    }
}
