package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmStartTest {

    private static final SearchSpace SQUARE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false));

    /** The 40 points of the reference figures of cmaes 0.13.1. */
    private static List<Observation> earlier() {
        List<Observation> earlier = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            double[] point = ReferencePoints.point(i, 2);
            earlier.add(Observation.measured(SQUARE.decode(point), ReferencePoints.f(point)));
        }
        return earlier;
    }

    @Test
    void agreesWithCmaes() {
        Axes axes = new Axes(SQUARE);
        Start start = Start.from(earlier(), axes, UpdateRule.TUTORIAL);
        assertThat(start.mean).containsExactly(new double[] {0.228713763748, 0.602430991181}, offset(1e-9));
        assertThat(start.sigma).isCloseTo(0.148809546287, within(1e-9));
        double[][] c = start.covariance.rows();
        assertThat(new double[] {c[0][0], c[0][1], c[1][0], c[1][1]})
                .containsExactly(
                        new double[] {1.98988027686, 0.157272196742, 0.157272196742, 0.514972963844}, offset(1e-9));
    }

    @Test
    void failedAndPrunedTrialsAreNotLookedAt() {
        List<Observation> more = new ArrayList<>(earlier());
        more.add(Observation.infeasible(SQUARE.decode(new double[] {1, 1})));
        more.add(Observation.pruned(SQUARE.decode(new double[] {1, 1}), 3, -100));
        assertThat(CmaEs.warm(SQUARE, more, CmaSettings.DEFAULT, 1).state())
                .isEqualTo(CmaEs.warm(SQUARE, earlier(), CmaSettings.DEFAULT, 1).state());
    }

    @Test
    void withoutCorrelationsTheWidthsAreKept() {
        OptimizerState.CmaEs full =
                CmaEs.warm(SQUARE, earlier(), CmaSettings.DEFAULT, 1).state();
        OptimizerState.CmaEs diagonal = CmaEs.warm(SQUARE, earlier(), CmaSettings.DEFAULT.withFullUpTo(0), 1)
                .state();
        assertThat(diagonal.covariance().hasCorrelations()).isFalse();
        for (int i = 0; i < 2; i++) {
            assertThat(variance(diagonal, i)).isCloseTo(variance(full, i), within(1e-12));
        }
    }

    private static double variance(OptimizerState.CmaEs state, int i) {
        return state.sigma() * state.sigma() * state.covariance().element(i, i);
    }

    @Test
    void oneTrialIsEnoughAndNoneMeasuredIsRefused() {
        Config config = SQUARE.decode(new double[] {0.2, 0.9});
        OptimizerState.CmaEs state = CmaEs.warm(
                        SQUARE, List.of(Observation.measured(config, 5)), CmaSettings.DEFAULT, 1)
                .state();
        assertThat(state.mean()).containsExactly(0.2, 0.9);
        assertThat(state.sigma()).isCloseTo(0.1, within(1e-12));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaEs.warm(SQUARE, List.of(Observation.infeasible(config)), CmaSettings.DEFAULT, 1))
                .withMessageContaining("measured");
        SearchSpace other = SearchSpace.of(new Parameter.Real("z", 0, 1, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaEs.warm(other, earlier(), CmaSettings.DEFAULT, 1))
                .withMessageContaining("z");
    }

    @Test
    void optionsOfGoodTrialsAreLikelyAndTheOthersPossible() {
        SearchSpace space =
                SearchSpace.of(Choice.of("act", "relu", "gelu", "silu", "tanh"), Choice.of("norm", "pre", "post"));
        List<Observation> earlier = new ArrayList<>();
        for (int i = 0; i < 40; i++) { // of the best four one has relu, three have silu
            Config config = space.decode(new double[] {0, 0})
                    .with("act", Value.of(i < 4 ? i == 0 ? "relu" : "silu" : "tanh"))
                    .with("norm", Value.of("post"));
            earlier.add(Observation.measured(config, i));
        }
        CmaEs optimizer = CmaEs.warm(space, earlier, CmaSettings.DEFAULT, 1);
        List<OptimizerState.Category> categories = optimizer.state().categories();
        // (1 + 1/4) / 5, (0 + 1/4) / 5 and so on
        assertThat(Vectors.array(categories.get(0).probabilities()))
                .containsExactly(new double[] {0.25, 0.05, 0.65, 0.05}, offset(1e-9));
        assertThat(categories.get(1).probabilities().get(1)).isBetween(0.85, 0.95);
        assertThat(space.problems(optimizer.ask().values())).isEmpty();
    }

    @Test
    void earlierTrialsOfASimilarTaskSaveTrials() {
        Synthetic sphere = Synthetic.sphere(8);
        List<Observation> earlier = new ArrayList<>();
        CmaEs before = CmaEs.start(sphere.space(), sphere.centre(), CmaSettings.DEFAULT, 1);
        for (int k = 0; k < 150; k++) {
            Config asked = before.ask();
            before.tell(asked, sphere.value(asked));
            earlier.add(Observation.measured(asked, sphere.value(asked)));
        }
        double cold = 0;
        double warm = 0;
        for (long seed = 1; seed <= 10; seed++) {
            cold += Math.log(best(CmaEs.start(sphere.space(), sphere.centre(), CmaSettings.DEFAULT, seed), sphere));
            warm += Math.log(best(CmaEs.warm(sphere.space(), earlier, CmaSettings.DEFAULT, seed), sphere));
        }
        assertThat(Math.exp(warm / 10)).isLessThan(0.6 * Math.exp(cold / 10));
    }

    private static double best(CmaEs optimizer, Synthetic function) {
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 60; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, function.value(asked));
            best = Math.min(best, function.value(asked));
        }
        return best;
    }
}
