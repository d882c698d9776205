package dev.chiron.evals.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClassicSuiteTest {

    private final ClassicSuite suite = new ClassicSuite();

    private static double value(EvalTask task, Config config) {
        return ((Outcome.Measured) task.evaluate(config, OptionalLong.empty()).outcome()).value();
    }

    private double value(String name, double... x) {
        EvalTask task = suite.find(name).orElseThrow();
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < x.length; i++) {
            values.put(task.space().parameters().get(i).name(), new Value.Real(x[i]));
        }
        return value(task, task.space().config(values));
    }

    private static Stream<Classic> functions() {
        return Stream.of(
                Textbook.sphere(3),
                Textbook.rosenbrock(3),
                Textbook.rastrigin(3),
                Textbook.ackley(3),
                Textbook.griewank(3),
                Textbook.levy(3),
                Textbook.styblinskiTang(3),
                Textbook.branin(),
                Textbook.himmelblau(),
                Textbook.camel(),
                Textbook.hartmann6());
    }

    private static double at(Classic function, List<Double> point) {
        return function.above(point.stream().mapToDouble(x -> x).toArray());
    }

    @Test
    void eachIsLeastAtItsOptimumMovedOrNot() {
        functions().forEach(function -> {
            assertThat(at(function, function.optimum())).isCloseTo(0, within(1e-9));
            Classic moved = function.moved();
            assertThat(at(moved, moved.optimum())).isCloseTo(at(function, function.optimum()), within(1e-9));
            assertThat(at(moved, function.optimum())).isGreaterThan(0.01);
        });
    }

    @Test
    void noneIsLowerAnywhereInItsBox() {
        for (String name : suite.tasks()) {
            EvalTask task = suite.find(name).orElseThrow();
            SearchSpace space = task.space();
            RandomSearch random = RandomSearch.start(space, 5);
            for (int i = 0; i < 2000; i++) {
                assertThat(value(task, random.ask(config -> true).orElseThrow()))
                        .as(name)
                        .isGreaterThan(-1e-9);
            }
        }
    }

    @Test
    void hasTheTextbooksValues() {
        assertThat(value("rosenbrock-d2", -1.2, 1)).isCloseTo(24.2, within(1e-9));
        assertThat(value("rastrigin-d2", 1, -2)).isCloseTo(5, within(1e-9));
        assertThat(value("himmelblau-d2", -2.805118, 3.131312)).isCloseTo(0, within(1e-9));
        assertThat(value("camel-d2", -0.0898, 0.7126)).isCloseTo(0, within(1e-6));
        assertThat(value("branin-d2", 9.42478, 2.475)).isCloseTo(0, within(1e-6));
        assertThat(value("styblinski-tang-d2", 0, 0)).isCloseTo(78.33233, within(1e-5));
    }

    @Test
    void theNameSaysDimensionAndWhetherItIsMoved() {
        assertThat(suite.tasks()).contains("ackley-d10", "ackley-d10-moved", "hartmann-d6", "branin-d2-moved");
        assertThat(suite.find("levy-d37-moved").orElseThrow().space().size()).isEqualTo(37);
        assertThat(suite.find("sphere")).isEmpty();
        assertThat(suite.find("bbob-f1-i1-d3")).isEmpty();
        assertThatThrownBy(() -> suite.find("branin-d3"))
                .isInstanceOf(BadInput.class)
                .hasMessage("branin-d3: the dimension must be 2, not 3");
    }
}
