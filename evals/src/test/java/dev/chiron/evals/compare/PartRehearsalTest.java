package dev.chiron.evals.compare;

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
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartRehearsalTest {

    /** Curves that never cross; with the epochs of LCBench, so that parts are 17, 6 and 2 of 52. */
    private record Bowl(int epochs) implements EvalTask {

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
            return SearchSpace.of(new Real("x", 0, 1, false), new Real("y", 0, 1, false));
        }

        @Override
        public Optional<Config> baseline() {
            return Optional.empty();
        }

        @Override
        public double after(double epoch, Config config) {
            double x = config.get("x").asNumber().orElseThrow();
            double y = config.get("y").asNumber().orElseThrow();
            return 2 - (x - 0.3) * (x - 0.3) - (y - 0.8) * (y - 0.8) - 1.0 / epoch;
        }

        @Override
        public Evaluation evaluate(Config config, OptionalLong noise) {
            return Evaluation.of(after(epochs, config));
        }
    }

    static Stream<Contender> contenders() {
        return Stream.of(
                Contender.inParts(Method.HYPERBAND, Method.RANDOM),
                Contender.inParts(Method.ITERATIVE_DEEPENING_HYPERBAND, Method.RANDOM),
                Contender.inParts(Method.BOHB, Method.TPE),
                Contender.inParts(Method.ASHA, Method.CMA_ES));
    }

    private static Run run(Contender contender, int trainings) throws InterruptedException {
        return new Trials(() -> 0).run(new Bowl(52), contender, 3, trainings);
    }

    /** A whole training is the unit: what is found in thirty of them, and never less than before. */
    @ParameterizedTest
    @MethodSource("contenders")
    void itIsMeasuredInWholeTrainings(Contender contender) throws InterruptedException {
        Run run = run(contender, 30);
        assertThat(run.values()).hasSize(30);
        List<Double> values =
                run.values().stream().flatMap(value -> value.stream().boxed()).toList();
        assertThat(values).isNotEmpty().isSorted();
        assertThat(values.get(values.size() - 1)).isBetween(1.9, 2 - 1.0 / 52);
        assertThat(run.values().get(0)).as("nothing whole yet").isEqualTo(OptionalDouble.empty());
        assertThat(run.ours().orElseThrow().incumbents()).isNotEmpty().allMatch(best -> best.trial() < 30);
        assertThat(run(contender, 30)).isEqualTo(run);
    }

    @Test
    void theSameCostFindsMoreThanWholeTrainings() throws InterruptedException {
        Run parts = run(Contender.inParts(Method.HYPERBAND, Method.RANDOM), 60);
        Run wholes = run(Contender.alone(Method.RANDOM), 60);
        assertThat(parts.bestLoss(60)).isLessThan(wholes.bestLoss(60));
    }

    @Test
    void theUsualOptimizerIsNotNamed() {
        assertThat(contenders().map(Contender::name))
                .containsExactly("hyperband", "iterative-deepening-hyperband", "bohb", "asha:cma-es");
    }

    @Test
    void aTaskWithoutEpochsIsRefused() {
        assertThatThrownBy(
                        () -> new Trials(() -> 0).run(new Bowl(0), Contender.inParts(Method.ASHA, Method.RANDOM), 3, 5))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("of bowl no part is known");
    }
}
