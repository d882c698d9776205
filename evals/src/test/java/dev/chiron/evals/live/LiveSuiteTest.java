package dev.chiron.evals.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSuiteTest {

    private static final String TASK = """
            task: A parabola.
            script: train.py
            run: python3 {script}
            metric: { name: loss, goal: minimize, from: stdout }
            limits: { time: 60s }
            space:
              RATE: { type: float, low: 0, high: 4 }
            budget: { trials: 3 }
            """;

    @TempDir
    Path folder;

    private LiveSuite suite(Path examples) {
        return new LiveSuite(
                new Console(
                        System.out, System.err, false, folder, new TreeMap<>(System.getenv()), InstantSource.system()),
                examples);
    }

    @Test
    @Tag("python")
    void eachEvaluationIsARunOfTheScript() throws IOException {
        for (String example : List.of("spirals", "letters", "harvest", "tides")) {
            Path place = Files.createDirectories(folder.resolve(example));
            Files.writeString(place.resolve("chiron.yaml"), TASK);
            Files.writeString(
                    place.resolve("train.py"), "RATE = 1.0\nassert RATE < 3.5\nprint('loss:', (RATE - 3) ** 2)\n");
        }
        EvalTask task = suite(folder).find("live-letters").orElseThrow();

        assertThat(task.objective()).isEqualTo(new Objective("loss", Objective.Goal.MINIMIZE));
        assertThat(task.initial(4)).isEqualTo(List.of(task.baseline().orElseThrow()));
        assertThat(value(task.evaluate(task.baseline().orElseThrow(), OptionalLong.empty())))
                .isEqualTo(4.0);
        Evaluation best =
                task.evaluate(task.baseline().orElseThrow().with("RATE", new Value.Real(3)), OptionalLong.of(1));
        assertThat(value(best)).isZero();
        assertThat(best.seconds()).isPositive();
        assertThat(task.evaluate(task.baseline().orElseThrow().with("RATE", new Value.Real(4)), OptionalLong.of(1))
                        .outcome())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Outcome.Reason.CRASHED));
        assertThat(folder.resolve("letters")).isDirectoryNotContaining("glob:**chiron-study");
    }

    @Test
    @Tag("python")
    void whatDrawsItsOwnNoiseIsRunAnewAndEstimatedOnce() throws IOException {
        Path sources = Files.createDirectories(folder.resolve("examples"));
        for (String example : List.of("spirals", "letters", "harvest", "tides")) {
            Path place = Files.createDirectories(sources.resolve(example));
            Files.writeString(place.resolve("chiron.yaml"), TASK + "method: code\n");
            Files.writeString(place.resolve("train.py"), """
                    import time
                    RATE = 1.0
                    print('loss:', time.monotonic_ns())
                    """);
        }
        EvalTask task = suite(sources).find("live-harvest").orElseThrow();
        Config baseline = task.baseline().orElseThrow();

        double first = value(task.evaluate(baseline, OptionalLong.of(1)));
        double again = value(task.evaluate(baseline, OptionalLong.of(1)));
        double estimate = value(task.evaluate(baseline, OptionalLong.empty()));

        assertThat(again).isGreaterThan(first);
        assertThat(estimate).isGreaterThan(again); // of runs of its own
        assertThat(value(task.evaluate(baseline, OptionalLong.empty()))).isEqualTo(estimate);
    }

    private static double value(Evaluation evaluation) {
        return ((Outcome.Measured) evaluation.outcome()).value();
    }

    @Test
    void opensTheBundledExamples() {
        LiveSuite suite = suite(Path.of("../examples"));

        assertThat(suite.missing()).isEmpty();
        assertThat(suite.tasks()).containsExactly("live-spirals", "live-letters", "live-harvest", "live-tides");
        for (String name : suite.tasks()) {
            EvalTask task = suite.find(name).orElseThrow();
            assertThat(task.name()).isEqualTo(name);
            assertThat(task.space().contains(task.baseline().orElseThrow())).isTrue();
        }
    }

    @Test
    void saysWhatIsMissing() {
        LiveSuite suite = suite(folder.resolve("nowhere"));

        assertThat(suite.missing().orElseThrow()).contains("spirals").contains("./chiron");
        assertThat(suite.find("sphere")).isEmpty();
        assertThatThrownBy(() -> suite.find("live-letters")).isInstanceOf(BadInput.class);
    }
}
