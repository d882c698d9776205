package dev.chiron.evals.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import dev.chiron.evals.compare.Trials;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.study.Objective.Goal;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontSuiteTest {

    private static EvalTask task(String name) {
        return new FrontSuite().find(name).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nsga2", "mo-cma-es", "tpe", "random"})
    void aRunsValuesAreTheVolumesOfItsFront(String method) throws InterruptedException {
        Contender contender = Contender.alone(Method.labelled(method).orElseThrow());
        Run run = new Trials(System::nanoTime).run(task("zdt1"), contender, 3, 40);
        assertThat(run.goal()).isEqualTo(Goal.MAXIMIZE);
        assertThat(run.values()).hasSize(40).allMatch(OptionalDouble::isPresent);
        for (int k = 1; k < 40; k++) {
            assertThat(run.values().get(k).getAsDouble())
                    .isGreaterThanOrEqualTo(run.values().get(k - 1).getAsDouble());
        }
        assertThat(run.values().get(39).getAsDouble()).isBetween(50.0, 121.0); // up to (11, 11)
        assertThat(run.trueLoss(40)).isEqualTo(-run.values().get(39).getAsDouble());
    }

    @Test
    void whatKnowsOneObjectiveIsRefused() {
        assertThatThrownBy(() -> new Trials(System::nanoTime).run(task("dtlz2"), Contender.alone(Method.GP), 0, 5))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("dtlz2 has several objectives, and gp knows one");
    }

    @Test
    void ofAPeersLossesTheVolumesAreReckoned() {
        Run run = new RunLines()
                .readOptuna(
                        task("zdt1"),
                        "{\"sampler\":\"nsga2\",\"seed\":1,\"losses\":[[1,6],[6,1],[7,7],[12,0]],\"ask_tell_seconds\":0.1}");
        assertThat(run.method()).isEqualTo("optuna:nsga2");
        assertThat(run.values().stream().map(OptionalDouble::getAsDouble)).containsExactly(50.0, 75.0, 75.0, 75.0);
    }
}
