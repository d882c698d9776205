package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.propose.Llambo;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.describe.PromptStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialsTest {

    private long now;
    private final Trials trials = new Trials(() -> now += 1_000_000);

    @Test
    void givesTheSameValuesForTheSameSeed() throws InterruptedException {
        EvalTask task = new SyntheticSuite().find("mixed").orElseThrow();

        Run run = trials.run(task, Contender.alone(Method.CMA_ES), 3, 40);

        assertThat(run.values()).hasSize(40).doesNotContain(OptionalDouble.empty());
        assertThat(trials.run(task, Contender.alone(Method.CMA_ES), 3, 40).values())
                .isEqualTo(run.values());
        assertThat(trials.run(task, Contender.alone(Method.CMA_ES), 4, 40).values())
                .isNotEqualTo(run.values());
    }

    @Test
    void addsUpWhatAskAndTellTake() throws InterruptedException {
        EvalTask task = new SyntheticSuite().find("sphere").orElseThrow();

        assertThat(trials.run(task, Contender.alone(Method.RANDOM), 0, 10).askTellSeconds())
                .isEqualTo(0.031); // one start, ten of each, and ten looks ahead
    }

    @Test
    void beginsWithTheBaselineAndSeedsTheNoiseAsThePeersDo() throws InterruptedException {
        Four task = new Four();

        Run run = trials.run(task, Contender.alone(Method.RANDOM), 2, 3);

        assertThat(run.values().get(0)).isEqualTo(OptionalDouble.of(1));
        assertThat(task.noises).startsWith(200_000L, 200_001L, 200_002L);
        assertThat(task.noises.subList(3, 8)).doesNotHaveDuplicates().allMatch(noise -> noise < 0); // measured again
        assertThat(run.ours().orElseThrow().remeasured()).hasValue(run.bestLoss(3) * -1);
    }

    @Test
    void aTasksOwnFirstConfigsComeBeforeAnyProposal() throws InterruptedException {
        Run run = trials.run(new Four(0.9, 0.1), Contender.alone(Method.RANDOM), 0, 3);

        assertThat(run.values().subList(0, 2)).containsExactly(OptionalDouble.of(3), OptionalDouble.of(0));
        assertThat(run.ours().orElseThrow().attempts())
                .extracting(Attempt::origin)
                .containsExactly("baseline", "baseline", "random");
    }

    @Test
    void llamboProposesTheFirstConfigsWhereThereIsABaselineAlone() throws InterruptedException {
        LongFunction<Partner> rules = seed -> new Partner.Speaker(
                Panel.of(
                        new Models(Map.of(), new Builtin()::reply)
                                .open("builtin", LlmOptions.defaults())
                                .orElseThrow(),
                        PromptStyle.FULL),
                new FixedTurns(1, Llambo.FIRST),
                false,
                Optional.of(Llambo.usual()));
        Contender llambo = Contender.llambo(Method.GP, Method.GP.tactics(), rules);

        Run begun = trials.run(new Line(1), llambo, 0, 8);
        Run given = trials.run(new Line(5), llambo, 0, 8);

        assertThat(begun.ours().orElseThrow().attempts())
                .extracting(Attempt::origin)
                .startsWith("baseline", "warm-start", "warm-start", "warm-start", "warm-start", "builtin");
        assertThat(begun.ours().orElseThrow().calls()).isEqualTo(1 + 3 * 2);
        assertThat(given.ours().orElseThrow().attempts())
                .extracting(Attempt::origin)
                .startsWith("baseline", "baseline", "baseline", "baseline", "baseline", "builtin");
        assertThat(given.ours().orElseThrow().calls()).isEqualTo(3 * 2);
    }

    /** A parabola that begins with so many configs. */
    private record Line(int first) implements EvalTask {
        @Override
        public String name() {
            return "line";
        }

        @Override
        public Objective objective() {
            return new Objective("y", Objective.Goal.MINIMIZE);
        }

        @Override
        public SearchSpace space() {
            return SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("z", 0, 1, false));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.of(space().decode(new double[] {0.9, 0.5}));
        }

        @Override
        public List<Config> initial(long seed) {
            return IntStream.range(0, first)
                    .mapToObj(i -> space().decode(new double[] {0.9 - 0.1 * i, 0.5}))
                    .toList();
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(Math.pow(config.get("x").asNumber().orElseThrow() - 0.2, 2));
        }
    }

    @Test
    void endsWithTheSpaceAndKeepsFailuresApart() throws InterruptedException {
        Run run = trials.run(new Four(), Contender.alone(Method.RANDOM), 0, 10);

        assertThat(run.values()).hasSize(4).contains(OptionalDouble.empty());
        assertThat(run.failures()).isEqualTo(1);
        assertThat(run.bestLoss(10)).isEqualTo(-3);
        List<Attempt> attempts = run.ours().orElseThrow().attempts();
        assertThat(attempts.get(0).origin()).isEqualTo("baseline");
        assertThat(attempts).extracting(Attempt::failure).containsOnlyOnce("out-of-memory");
        assertThat(attempts).extracting(Attempt::point).doesNotHaveDuplicates().hasSize(4);
    }

    /** Four configs, of which one fails. */
    private static final class Four implements EvalTask {
        private final List<Long> noises = new ArrayList<>();
        private final List<Double> first;

        Four(Double... first) {
            this.first = List.of(first);
        }

        @Override
        public String name() {
            return "four";
        }

        @Override
        public Objective objective() {
            return new Objective("x", Objective.Goal.MAXIMIZE);
        }

        @Override
        public SearchSpace space() {
            return SearchSpace.of(new Parameter.Whole("x", 0, 3));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.of(space().decode(new double[] {0.4}));
        }

        @Override
        public List<Config> initial(long seed) {
            return first.isEmpty()
                    ? EvalTask.super.initial(seed)
                    : first.stream().map(u -> space().decode(new double[] {u})).toList();
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            noise.ifPresent(noises::add); // without noise the incumbent is looked at
            Value x = config.get("x");
            return x.equals(new Value.Whole(2))
                    ? new Evaluation(new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, ""), 1.5)
                    : Evaluation.of(x.asNumber().orElseThrow());
        }
    }
}
