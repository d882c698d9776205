package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.propose.Method;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.SyntheticSuite;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Trial;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BeforeTest {

    private static final EvalTask SPHERE = new SyntheticSuite().find("sphere").orElseThrow();

    @Test
    void eachSeedHasResultsOfItsOwn() {
        Earlier one = new Before(20, 0).of(SPHERE, 1);

        assertThat(one.inside()).hasSize(20);
        assertThat(one).isEqualTo(new Before(20, 0).of(SPHERE, 1)).isNotEqualTo(new Before(20, 0).of(SPHERE, 2));
        Trial first = one.inside().get(0);
        assertThat(SPHERE.evaluate(first.config(), OptionalLong.empty()).outcome())
                .isEqualTo(first.outcome());
    }

    @Test
    void aShiftedTaskHasItsBestElsewhereAndAnotherScale() {
        Trial same = new Before(1, 0).of(SPHERE, 1).inside().get(0);
        Trial other = new Before(1, 0.1).of(SPHERE, 1).inside().get(0);

        assertThat(other.config()).isEqualTo(same.config());
        assertThat(other.value().orElseThrow())
                .isGreaterThan(1)
                .isNotEqualTo(3 * same.value().orElseThrow() + 1);
    }

    @Test
    void aRunBeginsWithTheBestOfThem() throws InterruptedException {
        Contender contender = Contender.alone(Method.CMA_ES).with(new Before(30, 0));
        Run run = new Trials(() -> 0).run(SPHERE, contender, 1, 6);

        double best = new Before(30, 0)
                .of(SPHERE, 1)
                .best(SPHERE.objective(), 1)
                .get(0)
                .value()
                .orElseThrow();
        assertThat(contender.name()).isEqualTo("cma-es from=30");
        assertThat(run.values().subList(0, 2)).contains(OptionalDouble.of(best));
    }

    @Test
    void whatIsNoNumberOfTrialsIsRefused() {
        assertThatThrownBy(() -> new Before(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Before(5, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
