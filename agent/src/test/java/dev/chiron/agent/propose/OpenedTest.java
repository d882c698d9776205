package dev.chiron.agent.propose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an edit has opened in a space is looked at before anything else. */
class OpenedTest {

    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final SearchSpace BEFORE = SearchSpace.of(
            new Parameter.Real("x", 0.5, 0.9, false),
            new Parameter.Whole("k", 8, 8),
            Choice.of("act", "relu", "gelu"),
            new Parameter.Real("y", 0, 1, false));
    private static final SearchSpace NOW = SearchSpace.of(
            new Parameter.Real("x", 0, 0.9, false),
            new Parameter.Whole("k", 0, 16),
            Choice.of("act", "relu", "gelu", "silu"),
            new Parameter.Real("y", 0.2, 0.8, false));

    private static Config config(double x, long k, String act) {
        return NOW.config(Map.of("x", Value.of(x), "k", Value.of(k), "act", Value.of(act), "y", Value.of(0.5)));
    }

    private static Entry entry(int number, Config config, Origin origin, double value) {
        return new Entry(
                new Trial(
                        number,
                        new Change.Settings(config),
                        origin,
                        new Outcome.Measured(value),
                        Duration.ofSeconds(1)),
                Optional.empty());
    }

    /** Twelve trials, of which the last is the best. */
    private static History history() {
        History history = new History(OBJECTIVE);
        for (int k = 0; k < 12; k++) {
            history.add(entry(k, config(0.6 + 0.01 * k, 8, "relu"), Origin.TPE, 20 - k)
                    .trial());
        }
        return history;
    }

    private static Proposer tuned(int edited) {
        return OpenedProposer.before(
                new OptimizerProposer(
                        Method.TPE.start(NOW, Prior.flat(NOW, config(0.6, 8, "relu")), 1),
                        Tactics.NONE,
                        NOW,
                        OBJECTIVE,
                        1),
                Opened.between(BEFORE, NOW),
                edited);
    }

    /** Runs what is proposed; better is what has the larger k. */
    private static List<Proposal.Try> run(Proposer proposer, History history, int trials) throws InterruptedException {
        List<Proposal.Try> run = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            Proposal.Try proposal = (Proposal.Try) proposer.propose(history);
            proposer.running(proposal, history, true);
            Config config = proposal.change().config();
            double value = 9 - config.get("k").asNumber().orElseThrow();
            Entry entry = entry(history.trials().size(), config, proposal.origin(), value);
            proposer.observe(entry, history);
            history.add(entry.trial());
            run.add(proposal);
        }
        return run;
    }

    @Test
    void eachOpenedParameterIsMovedInTurnFromTheIncumbent() throws InterruptedException {
        History history = history();

        List<Proposal.Try> run = run(tuned(12), history, 9);

        assertThat(run.subList(0, 7))
                .extracting(proposal -> proposal.change().config())
                .containsExactly(
                        config(0.355, 8, "relu"), // half of the way down from .71, the best of the twelve
                        config(0.355, 4, "relu"), // from .355, which was better
                        config(0.355, 8, "silu"),
                        config(0.26625, 8, "relu"),
                        config(0.355, 12, "relu"),
                        config(0.355, 9, "relu"), // half of a half
                        config(0.355, 13, "relu")); // up a quarter from 12, which is the best now
        assertThat(run.subList(0, 7)).allMatch(proposal -> proposal.origin() == Origin.LOCAL_MOVE);
        assertThat(run.get(7).origin()).isEqualTo(Origin.TPE);
    }

    @Test
    void replayedItKnowsWhatItKnew() throws InterruptedException {
        History whole = history();
        Proposer lived = tuned(12);
        List<Proposal.Try> run = run(lived, whole, 14);

        for (int stop = 0; stop < 14; stop++) {
            Proposer replayed = tuned(12);
            History before = history();
            for (int k = 0; k < stop; k++) {
                Trial trial = whole.trials().get(12 + k);
                replayed.replay(new Entry(trial, Optional.empty()), before);
                before.add(trial);
            }
            assertThat(replayed.propose(before)).as("after %d", stop).isEqualTo(run.get(stop));
        }
    }

    /** With two at once the first runs while the second is sought. */
    @Test
    void withSeveralAtOnceNoLookIsTwice() throws InterruptedException {
        History history = history();
        Proposer proposer = tuned(12);
        List<Config> looks = new ArrayList<>();
        for (int number = 12; number < 18; number++) {
            Proposal.Try proposal = (Proposal.Try) proposer.propose(history);
            Proposed begun = new Proposed(number, proposal.change(), proposal.origin(), proposal.turn());
            proposer.begun(begun, history);
            history.begin(begun.pending());
            looks.add(proposal.change().config());
            if (number > 12) {
                Entry ended = entry(number - 1, looks.get(number - 13), Origin.LOCAL_MOVE, 30);
                history.end(number - 1);
                proposer.observe(ended, history);
                history.add(ended.trial());
            }
        }
        assertThat(looks).doesNotHaveDuplicates();

        Proposer replayed = tuned(12);
        History before = history();
        replayed.replay(
                new Proposed(12, new Change.Settings(looks.get(0)), Origin.LOCAL_MOVE, Optional.empty()), before);
        before.begin(
                new Proposed(12, new Change.Settings(looks.get(0)), Origin.LOCAL_MOVE, Optional.empty()).pending());
        assertThat(((Proposal.Try) replayed.propose(before)).change().config()).isEqualTo(looks.get(1));
    }

    @Test
    void whatWasNarrowedOrIsEarlyOpensNothing() throws InterruptedException {
        SearchSpace narrower = SearchSpace.of(
                new Parameter.Real("x", 0.5, 0.6, false),
                new Parameter.Whole("k", 8, 8),
                Choice.of("act", "relu", "silu"),
                new Parameter.Real("y", 0.2, 0.8, false));
        assertThat(Opened.between(NOW, narrower).size()).isZero();
        assertThat(Opened.between(NOW, NOW).size()).isZero();
        assertThat(run(tuned(3), history(), 1).get(0).origin()).isEqualTo(Origin.TPE);
    }

    @Test
    void theLearningRateGoesWithABatchSizeHalfOfTheWay() {
        Parameter rate = new Parameter.Real("lr", 0.001, 1, true);
        SearchSpace before = SearchSpace.of(new Parameter.Whole("batch_size", 256, 256), rate);
        SearchSpace now = SearchSpace.of(new Parameter.Whole("batch_size", 0, 256), rate);
        Opened opened = Opened.between(before, now);
        Config incumbent = now.config(Map.of("batch_size", Value.of(256L), "lr", Value.of(0.1)));

        assertThat(opened.look(0, incumbent))
                .contains(now.config(Map.of("batch_size", Value.of(128L), "lr", Value.of(0.07071067812))));
        assertThat(opened.look(1, incumbent))
                .contains(now.config(Map.of("batch_size", Value.of(192L), "lr", Value.of(0.1))));
    }

    @Test
    void theLearningRateGoesWithANewOptionOfABatchSize() {
        Parameter rate = new Parameter.Real("lr", 0.001, 1, true);
        SearchSpace before =
                SearchSpace.of(new Choice("batch_size", List.of(Value.of(64L), Value.of(128L)), true), rate);
        SearchSpace now = SearchSpace.of(
                new Choice("batch_size", List.of(Value.of(16L), Value.of(64L), Value.of(128L)), true), rate);
        Config incumbent = now.config(Map.of("batch_size", Value.of(64L), "lr", Value.of(0.1)));

        assertThat(Opened.between(before, now).look(0, incumbent))
                .contains(now.config(Map.of("batch_size", Value.of(16L), "lr", Value.of(0.05))));
    }
}
