package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.Proposal;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.store.Asked;
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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FaultTest {

    private static final Set<Fault> NONE = EnumSet.noneOf(Fault.class);

    private static Config config(double x) {
        return Config.of(new LinkedHashMap<>(Map.of("x", Value.of(x))));
    }

    private static Proposal.Try proposal(double x, String fallback) {
        ModelTurn turn = new ModelTurn(fallback, List.of(), List.of(), Usage.NONE, new Asked("", "", "", ""));
        return new Proposal.Try(new Change.Settings(config(x)), Origin.LLM, Optional.of(turn));
    }

    private static Trial trial(Outcome outcome) {
        return new Trial(0, new Change.Settings(config(0.5)), Origin.LLM, outcome, Duration.ZERO);
    }

    @Test
    void aResumeThrowsTheStateAway() {
        Set<Fault> restart = EnumSet.of(Fault.RESTART);
        assertThat(Fault.restarts(restart, 0)).isFalse();
        assertThat(Fault.restarts(restart, 99)).isFalse();
        assertThat(Fault.restarts(restart, 100)).isTrue();
        assertThat(Fault.restarts(restart, 200)).isTrue();
        assertThat(Fault.restarts(NONE, 100)).isFalse();
    }

    @Test
    void sixOfTenOfTheModelsTurnsRepeatTheIncumbent() {
        History history = new History(new Objective("loss", Objective.Goal.MINIMIZE));
        history.add(trial(new Outcome.Measured(1)));
        RandomGenerator random = new SplittableRandom(3);
        int repeated = 0;
        for (int i = 0; i < 1000; i++) {
            Proposal.Try run = Fault.run(EnumSet.of(Fault.REPEATS), proposal(0.25, ""), history, random);
            repeated += run.change().config().equals(config(0.5)) ? 1 : 0;
        }
        assertThat(repeated).isBetween(550, 650);
        Proposal.Try own = proposal(0.25, "no answer");
        assertThat(Fault.run(EnumSet.of(Fault.REPEATS), own, history, random)).isEqualTo(own);
        assertThat(Fault.run(NONE, proposal(0.25, ""), history, random)).isEqualTo(proposal(0.25, ""));
    }

    @Test
    void aFailureOnTheModelsTurnIsToldAsANumber() {
        Trial failed = trial(new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, ""));
        assertThat(Fault.told(EnumSet.of(Fault.PENALTY), proposal(0.5, ""), failed)
                        .value())
                .hasValue(100);
        assertThat(Fault.told(EnumSet.of(Fault.PENALTY), proposal(0.5, "no answer"), failed))
                .isEqualTo(failed);
        assertThat(Fault.told(NONE, proposal(0.5, ""), failed)).isEqualTo(failed);
        Trial measured = trial(new Outcome.Measured(1));
        assertThat(Fault.told(EnumSet.of(Fault.PENALTY), proposal(0.5, ""), measured))
                .isEqualTo(measured);
    }
}
