package dev.chiron.optimizers.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class GridSearchTest extends OptimizerContract {

    /** 4 options, of which one brings 3 values and one 9 combinations. */
    private static final SearchSpace BRANCHES = new SearchSpace(
            List.of(
                    new Parameter.Real("momentum", 0, 1, false),
                    new Parameter.Real("beta1", 0, 1, false),
                    new Parameter.Real("beta2", 0, 1, false),
                    Choice.of("method", "none", "sgd", "adam", "rprop")),
            List.of(),
            List.of(
                    new Condition("momentum", "method", List.of(Value.of("sgd"))),
                    new Condition("beta1", "method", List.of(Value.of("adam"))),
                    new Condition("beta2", "method", List.of(Value.of("adam")))));

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return GridSearch.start(space, Prior.flat(space, baseline), seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return GridSearch.resume(space, Prior.flat(space, baseline(space)), (OptimizerState.Grid) state);
    }

    @Override
    protected double sphereAfter200() {
        return 10; // five values of each parameter, and a part of nine
    }

    private static Set<Config> asked(Optimizer optimizer, int count) {
        Set<Config> asked = new LinkedHashSet<>();
        for (int k = 0; k < count; k++) {
            Config config = optimizer.ask();
            optimizer.tell(config, 1);
            asked.add(config);
        }
        return asked;
    }

    private static Set<Double> values(Set<Config> configs, String parameter) {
        Set<Double> values = new TreeSet<>();
        configs.forEach(config -> config.find(parameter)
                .ifPresent(value -> values.add(value.asNumber().orElseThrow())));
        return values;
    }

    private static final SearchSpace PLANE =
            SearchSpace.of(new Parameter.Real("x", 0, 8, false), new Parameter.Real("rate", 1e-4, 1, true));

    @Test
    void itGoesThroughThreeValuesOfEachAndThenThroughThoseBetween() {
        Optimizer optimizer = opened(PLANE, 1);

        Set<Config> coarse = asked(optimizer, 9);
        assertThat(coarse).hasSize(9);
        assertThat(values(coarse, "x")).containsExactly(0.0, 4.0, 8.0);
        assertThat(values(coarse, "rate")).containsExactly(1e-4, 1e-2, 1.0);

        Set<Config> finer = asked(optimizer, 6); // x at five places
        assertThat(values(finer, "x")).containsExactly(2.0, 6.0);
        Set<Config> finest = asked(optimizer, 10); // and the rate
        assertThat(values(finest, "rate")).containsExactly(1e-3, 1e-1);
        Set<Config> all = new HashSet<>(coarse);
        all.addAll(finer);
        all.addAll(finest);
        assertThat(all).hasSize(25); // five by five, each once
    }

    @Test
    void theFirstPointsAreSpreadOut() {
        for (long seed = 0; seed < 20; seed++) {
            Set<Config> first = asked(opened(PLANE, seed), 3);
            assertThat(Math.max(values(first, "x").size(), values(first, "rate").size()))
                    .isEqualTo(3);
        }
    }

    @Test
    void aWideGridIsSpreadOutInEachParameter() {
        Set<Config> first = asked(opened(WIDE, 1), 30); // of 3^100
        assertThat(first).hasSize(30);
        for (Parameter parameter : WIDE.parameters()) {
            assertThat(values(first, parameter.name())).containsExactly(0.0, 0.5, 1.0);
        }
    }

    @Test
    void conditionalConfigsComeOnceAndEachBranchHasItsShare() {
        for (long seed = 0; seed < 10; seed++) {
            Optimizer optimizer = opened(BRANCHES, seed);
            Set<Config> first = asked(optimizer, 4);
            assertThat(first.stream().map(config -> config.get("method")).distinct())
                    .hasSize(4);
            Set<Config> rest = asked(optimizer, 10); // 1 + 3 + 9 + 1
            rest.addAll(first);
            assertThat(rest).hasSize(14);
            assertThat(values(rest, "momentum")).containsExactly(0.0, 0.5, 1.0);
            Set<Config> more = asked(optimizer, 2);
            assertThat(more).hasSize(2).doesNotContainAnyElementsOf(rest);
        }
    }

    @Test
    void everyConfigOfASmallSpaceComesBeforeAnyComesAgain() {
        SearchSpace space = new SearchSpace(
                List.of(
                        new Parameter.Whole("depth", 1, 7),
                        new Parameter.Whole("batch", 16, 128, false, 1, true),
                        new Choice("size", List.of(Value.of("s"), Value.of("m"), Value.of("l"), Value.of("xl")), true),
                        Choice.of("act", "relu", "gelu")),
                List.of(Constraint.parse("depth * batch <= 256")));
        long kept = 0;
        for (int depth = 1; depth <= 7; depth++) {
            for (int batch = 16; batch <= 128; batch *= 2) {
                kept += depth * batch <= 256 ? 8 : 0;
            }
        }
        Optimizer optimizer = opened(space, 3);
        assertThat(asked(optimizer, (int) kept)).hasSize((int) kept);
        assertThat(asked(optimizer, 8)).hasSize(8); // and anew
    }

    @Test
    void aPriorPutsTheValuesWhereItBelieves() {
        Prior prior = Prior.around(PLANE, PLANE.decode(new double[] {0.25, 0.5}), Map.of("x", 0.1));
        Set<Config> asked = asked(GridSearch.start(PLANE, prior, 1), 25);
        assertThat(List.copyOf(values(asked, "x"))).hasSize(5);
        assertThat(List.copyOf(values(asked, "x")).get(2))
                .isCloseTo(2, within(0.1)); // a range of 8, so its middle is 4
        assertThat(values(asked, "rate")).containsExactly(1e-4, 1e-3, 1e-2, 1e-1, 1.0);
    }

    @Test
    void whatWasWithdrawnComesAgain() {
        Optimizer optimizer = opened(PLANE, 1);
        Config withdrawn = optimizer.ask();
        optimizer.withdraw(PLANE.decode(new double[] {0.3, 0.3})); // never asked for
        optimizer.withdraw(withdrawn);
        assertThat(reopened(PLANE, optimizer.state()).ask()).isEqualTo(withdrawn);
        assertThat(optimizer.ask(config -> !config.equals(withdrawn))).isPresent();
        assertThat(optimizer.ask()).isEqualTo(withdrawn);
    }

    @Test
    void aStateOfASpaceWithMorePlacesIsRefused() {
        OptimizerState far = new OptimizerState.Grid(1, 20, 0, List.of(), List.of());
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, far));
    }
}
