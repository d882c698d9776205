package dev.chiron.evals.bbob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.study.Outcome;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BbobSuiteTest {

    private final BbobSuite suite = new BbobSuite();

    @Test
    void theNameSaysFunctionInstanceAndDimension() {
        EvalTask task = suite.find("bbob-f1-i7-d3").orElseThrow();

        assertThat(task.space().size()).isEqualTo(3);
        Evaluation middle = task.evaluate(task.space().decode(new double[] {0.5, 0.5, 0.5}), OptionalLong.empty());
        double distance = Points.squares(new Instance(1, 7, 3).optimum());
        assertThat(((Outcome.Measured) middle.outcome()).value()).isEqualTo(distance);
        assertThat(suite.find("sphere")).isEmpty();
    }

    @Test
    void findsAllThatItLists() {
        assertThat(suite.tasks()).hasSize(24).startsWith("bbob-f1-i1-d10").endsWith("bbob-f24-i1-d10");
        assertThat(suite.tasks()).allMatch(name -> suite.find(name).isPresent());
        assertThat(suite.missing()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAName() {
        assertThatThrownBy(() -> suite.find("bbob-f8"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("as in bbob-f8-i1-d10");
        assertThatThrownBy(() -> suite.find("bbob-f25-i1-d10"))
                .isInstanceOf(BadInput.class)
                .hasMessage("bbob-f25-i1-d10: the function must be 1 to 24, not 25");
        assertThatThrownBy(() -> suite.find("bbob-f1-i1-d1"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("the dimension must be 2 to 40, not 1");
    }
}
