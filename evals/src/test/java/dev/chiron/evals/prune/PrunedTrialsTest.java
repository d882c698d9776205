package dev.chiron.evals.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PrunedTrialsTest {

    /** A task whose curves never cross: what is better at one epoch is better at all. */
    private record Bowl() implements EvalTask {

        @Override
        public String name() {
            return "bowl";
        }

        @Override
        public Objective objective() {
            return new Objective("acc", Goal.MAXIMIZE);
        }

        @Override
        public SearchSpace space() {
            return SearchSpace.of(new Real("x", 0, 1, false));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.empty();
        }

        @Override
        public int epochs() {
            return 10;
        }

        @Override
        public double after(double epoch, Config config) {
            double x = config.get("x").asNumber().orElseThrow();
            return 1 - (x - 0.3) * (x - 0.3) - 1.0 / epoch;
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(after(epochs(), config));
        }
    }

    private static PrunedRun run(String rule, int trials, long epochs) throws InterruptedException {
        return PrunedTrials.run(new Bowl(), Method.RANDOM, Rule.of(rule), 3, trials, epochs);
    }

    @Test
    void withoutARuleEveryTrainingIsWhole() throws InterruptedException {
        PrunedRun run = run("none", 12, 100);
        assertThat(run.trials()).hasSize(12);
        assertThat(run.epochs(12)).isEqualTo(120);
        assertThat(run.pruned(12)).isZero();
        assertThat(run.bestWithin(99)).isEqualTo(run.best(9));
        assertThat(run.bestWithin(9)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    /** Where curves do not cross, a rule saves epochs and costs nothing. */
    @Test
    void aRuleSavesEpochs() throws InterruptedException {
        PrunedRun none = run("none", 30, 300);
        for (String rule : List.of("median", "asha:reduction=2", "hyperband:longest=10", "extrapolate", "model")) {
            PrunedRun run = run(rule, 30, 300);
            assertThat(run.epochs(30)).as(rule).isLessThan(none.epochs(30) * 3 / 4);
            assertThat(run.pruned(30)).isGreaterThan(5);
            assertThat(run.best(30)).isEqualTo(none.best(30));
            assertThat(run.trials().size()).isGreaterThan(30);
            assertThat(run.trials().get(run.trials().size() - 1).epochs()).isGreaterThanOrEqualTo(300);
        }
    }

    @Test
    void theTableHoldsEachRuleAgainstTheFirst() {
        Objective objective = new Objective("acc", Goal.MAXIMIZE);
        List<PrunedRun> runs = List.of(
                made("none", objective, 0, new double[] {-0.5, -0.5}, 10),
                made("none", objective, 1, new double[] {-0.5, -0.75}, 10),
                made("median", objective, 0, new double[] {-0.5, -0.75}, 4),
                made("median", objective, 1, new double[] {-0.5, -1}, 4));
        assertThat(new PruneTable(runs, 2, 10).lines())
                .containsExactly(
                        "| method | rule | stopped | would have been best | epochs for 2 trials | best then | beside the first | best after 10 epochs | beside the first |",
                        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
                        "| tpe | none | 0 % | 0.0 | 100 % | 0.63 |  | 0.50 |  |",
                        "| tpe | median | 50 % | 0.5 | 40 % | 0.88 | 0.25 better (p 0.079) | 0.88 | 0.38 better (p 0.25) |");
    }

    private static PrunedRun made(String rule, Objective objective, long seed, double[] best, long epochs) {
        return new PrunedRun(
                "bowl",
                "tpe",
                rule,
                seed,
                objective,
                List.of(
                        new PrunedRun.Step(epochs, false, false, best[0]),
                        new PrunedRun.Step(
                                2 * epochs, !rule.equals("none"), rule.equals("median") && seed == 1, best[1])));
    }

    @Test
    void aRuleIsReadAsInATaskFile() {
        assertThat(Rule.of("asha:reduction=3:grace=2").name()).isEqualTo("asha, reduction 3, grace 2");
        assertThat(Rule.of("asha:reduction=3:grace=2").spec().toString()).isEqualTo("asha, reduction 3, grace 2");
        assertThat(Rule.of("none").spec().isAsked()).isFalse();
        for (String wrong : List.of("medium", "asha:reduction", "asha:reduction=1", "median:reduction=3")) {
            assertThatThrownBy(() -> Rule.of(wrong))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("--rules");
        }
    }
}
