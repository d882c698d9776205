package dev.chiron.evals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {

    @TempDir
    Path folder;

    private Tasks known() {
        Console console = new Console(System.out, System.err, false, folder, Map.of(), InstantSource.system());
        return Tasks.known(new Tasks.Places(folder, folder.resolve("trials.csv"), folder, "python3", folder), console);
    }

    @Test
    void theNameOfASuiteStandsForItsTasks() {
        List<EvalTask> tasks = known().findAll(List.of("mixed", "synthetic"));

        assertThat(tasks.stream().map(EvalTask::name))
                .containsExactly(
                        "mixed", "sphere", "rosenbrock", "ellipsoid", "rastrigin", "branin", "hartmann6", "mixed");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> known().find("speer"))
                .isInstanceOf(BadInput.class)
                .hasMessage("there is no task speer; see: chiron evals list");
        assertThatThrownBy(() -> known().findAll(List.of("lcbench"))).isInstanceOf(BadInput.class);
    }

    @Test
    void everyFunctionMeasuresTheEndsOfItsSpace() {
        for (EvalTask task : known().findAll(List.of("synthetic", "functions", "bbob"))) {
            for (double end : new double[] {0, 1}) {
                double[] corner = new double[task.space().size()];
                Arrays.fill(corner, end);
                Evaluation evaluation = task.evaluate(task.space().decode(corner), OptionalLong.empty());
                assertThat(((Outcome.Measured) evaluation.outcome()).value())
                        .as(task.name())
                        .isPositive();
            }
            assertThat(task.baseline()).isEmpty();
        }
    }
}
