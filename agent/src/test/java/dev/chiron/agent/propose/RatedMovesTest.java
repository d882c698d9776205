package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.LocalMoves;
import dev.chiron.optimizers.SplitMix;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of many moves of the incumbent that one which the trials make most of. */
class RatedMovesTest {

    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("x", 0, 1, false),
            new Parameter.Real("y", 0, 1, false),
            new Parameter.Real("idle", 0, 1, false));
    private static final LocalMoves MOVES = new LocalMoves(SPACE);

    private static double loss(Config config) {
        return Math.pow(config.get("x").asNumber().orElseThrow() - 0.3, 2)
                + Math.pow(config.get("y").asNumber().orElseThrow() - 0.6, 2);
    }

    private static History history(int trials, int seed) {
        History history = new History(OBJECTIVE);
        SplitMix random = new SplitMix(seed);
        for (int n = 0; n < trials; n++) {
            Config config = SPACE.decode(new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()});
            history.add(new Trial(
                    n,
                    new Change.Settings(config),
                    Origin.RANDOM,
                    new Outcome.Measured(loss(config)),
                    Duration.ofSeconds(1)));
        }
        return history;
    }

    private static Optional<Config> best(History history, int seed) {
        return best(history, new SplitMix(seed));
    }

    private static Optional<Config> best(History history, SplitMix random) {
        Config incumbent = history.incumbent().orElseThrow().config();
        return new RatedMoves(MOVES, SPACE, OBJECTIVE)
                .best(incumbent, config -> !history.knows(config), history, random);
    }

    @Test
    void theRatedMoveIsOftenBetterThanAnyMove() {
        int better = 0;
        int any = 0;
        for (int seed = 0; seed < 20; seed++) {
            History history = history(20, seed);
            Config incumbent = history.incumbent().orElseThrow().config();
            better += loss(best(history, seed).orElseThrow()) < loss(incumbent) ? 1 : 0;
            any += loss(MOVES.near(incumbent, config -> true, new SplitMix(seed))
                                    .orElseThrow())
                            < loss(incumbent)
                    ? 1
                    : 0;
        }
        assertThat(better).isGreaterThanOrEqualTo(14).isGreaterThan(any + 4);
    }

    @Test
    void itFollowsFromTheTrialsAndTheSeedAlone() {
        assertThat(best(history(20, 4), 9)).isEqualTo(best(history(20, 4), 9));
    }

    @Test
    void withTooFewTrialsOrNothingWantedThereIsNone() {
        assertThat(best(history(2, 1), 1)).isEmpty();
        History history = history(20, 1);
        assertThat(new RatedMoves(MOVES, SPACE, OBJECTIVE)
                        .best(history.incumbent().orElseThrow().config(), config -> false, history, new SplitMix(1)))
                .isEmpty();
    }

    /** As many trials after an edit as before it, at most forty, and half of them. */
    @Test
    void afterAnEditEveryOtherTurnIsRated() {
        assertThat(IntStream.range(0, 200).filter(Tactics.DEFAULT.editedAt(12)::isRated))
                .containsExactly(12, 14, 16, 18, 20, 22);
        assertThat(IntStream.range(0, 200).filter(Tactics.DEFAULT.editedAt(90)::isRated))
                .hasSize(20)
                .startsWith(90)
                .endsWith(128);
        assertThat(IntStream.range(0, 200).filter(Tactics.DEFAULT::isRated)).isEmpty();
        assertThat(IntStream.range(0, 200).filter(Tactics.DEFAULT.withoutLocal().editedAt(12)::isRated))
                .isEmpty();
    }

    @Test
    void anOptimizerThatWasEditedTakesThemOnItsTurns() {
        History history = history(20, 3);
        Config start = SPACE.config(Map.of("x", Value.of(0.5), "y", Value.of(0.5), "idle", Value.of(0.5)));
        Suggestions suggestions = new Suggestions(
                Method.TPE.start(SPACE, Prior.flat(SPACE, start), 1),
                Tactics.DEFAULT.editedAt(20),
                SPACE,
                OBJECTIVE,
                5);
        Suggestions.Suggestion suggested = suggestions.next(history).orElseThrow();
        assertThat(suggested.origin()).isEqualTo(Origin.LOCAL_MOVE);
        assertThat(suggested.config())
                .isEqualTo(best(history, new SplitMix(new SplitMix(5 + 20).nextLong()))
                        .orElseThrow());
    }
}
