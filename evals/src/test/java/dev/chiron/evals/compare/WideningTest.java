package dev.chiron.evals.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.evals.task.FunctionTask;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that begin in a space that is too narrow. */
class WideningTest {

    private final FunctionTask sphere = of(Synthetic.sphere(3));
    private final Trials trials = new Trials(() -> 0);

    private static FunctionTask of(Synthetic function) {
        return new FunctionTask("sphere", function.space(), function::value);
    }

    private static double coordinate(Run run, int trial, int axis) {
        return run.ours().orElseThrow().attempts().get(trial).point().get(axis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cma-es", "tpe", "gp", "random", "cost-aware"})
    void theEditTakesPlaceBeforeItsTrial(String method) throws InterruptedException {
        List<String> names = sphere.space().parameters().stream()
                .map(parameter -> parameter.name())
                .toList();
        double low = sphere.space().parameters().get(1).decode(0.6).asNumber().orElseThrow();
        double high = sphere.space().parameters().get(1).decode(0.9).asNumber().orElseThrow();
        double fixed = sphere.space().parameters().get(0).decode(0.5).asNumber().orElseThrow();
        Widening widening =
                new Widening(List.of(names.get(0) + "=" + fixed, names.get(1) + "=" + low + ".." + high), 15);
        Contender contender = Contender.alone(Method.labelled(method).orElseThrow());

        Run run = trials.run(sphere, contender.with(widening), 3, 40);

        assertThat(run.method()).startsWith(method + " narrow=").endsWith(" until=15");
        for (int trial = 0; trial < 15; trial++) {
            assertThat(coordinate(run, trial, 0)).isEqualTo(0.5);
            assertThat(coordinate(run, trial, 1)).isBetween(0.6 - 1e-9, 0.9 + 1e-9);
        }
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        for (int trial = 15; trial < 40; trial++) {
            first.add(coordinate(run, trial, 0));
            second.add(coordinate(run, trial, 1));
        }
        assertThat(first.stream().distinct()).hasSizeGreaterThan(8);
        assertThat(second).anyMatch(place -> place < 0.6);
        assertThat(trials.run(sphere, contender.with(widening), 3, 40).values()).isEqualTo(run.values());
    }

    @Test
    void whatCannotBeIsRefused() {
        for (List<String> narrow : List.of(List.<String>of(), List.of("x0"), List.of("=3"))) {
            assertThatThrownBy(() -> new Widening(narrow, 5)).isInstanceOf(BadInput.class);
        }
        assertThatThrownBy(() -> new Widening(List.of("x0=1"), 0)).isInstanceOf(BadInput.class);
        for (String narrow : List.of("speed=3", "x1=fast", "x1=1e9", "x1=3..2")) {
            Contender contender = Contender.alone(Method.TPE).with(new Widening(List.of(narrow), 5));
            assertThatThrownBy(() -> trials.run(sphere, contender, 0, 10))
                    .as(narrow)
                    .isInstanceOf(BadInput.class);
        }
    }

    /** Its incumbent is worth {@code 10 - k} after {@code k} trials, and until {@code late} what the first one was. */
    private static Run run(String method, long seed, int late) {
        List<OptionalDouble> values = new ArrayList<>();
        List<Run.Incumbent> incumbents = new ArrayList<>();
        for (int trial = 0; trial < 10; trial++) {
            values.add(OptionalDouble.of(10 - trial));
            if (trial == 0 || trial >= late) {
                incumbents.add(new Run.Incumbent(trial, 10 - trial));
            }
        }
        Run.Ours ours = new Run.Ours(
                method, "none", incumbents, OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), List.of());
        return new Run("t", method, Goal.MINIMIZE, seed, values, 0, Optional.of(ours));
    }

    @Test
    void theCostIsHowManyTrialsLaterTheMedianSeedIsThere() {
        String edited = "tpe narrow=x=1 until=4";
        List<Run> runs = List.of(
                run("tpe", 0, 1),
                run("tpe", 1, 1),
                run("tpe", 2, 1),
                run(edited, 0, 7),
                run(edited, 1, 20),
                run(edited, 2, 6));

        assertThat(new WideningTable(runs, List.of(4, 9)).lines())
                .containsExactly(
                        "task  edited                  seeds  level at  right: trials  edited: trials  cost  never",
                        "t     " + edited + "  3 3    4         4.0            8.0             4.0   1",
                        "t     " + edited + "  3 3    9         9.0            9.0             0.0   1");
        assertThat(new WideningTable(runs.subList(0, 3), List.of(4)).lines()).isEmpty();
    }
}
