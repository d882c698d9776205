package dev.chiron.optimizers.crossentropy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CrossEntropyTest extends OptimizerContract {

    /** Without noise, so that a move can be worked out by hand. */
    private static final CrossEntropySettings PLAIN = new CrossEntropySettings(4, 0.5, 0.75, 0, Optional.empty());

    private static final SearchSpace SPACE =
            SearchSpace.of(new Parameter.Real("x", 0, 10, false), Choice.of("c", "p", "q", "r"));

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return CrossEntropy.start(space, CrossEntropySettings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return CrossEntropy.resume(space, CrossEntropySettings.DEFAULT, (OptimizerState.CrossEntropy) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.05;
    }

    private static Config config(double x, String c) {
        return SPACE.config(Map.of("x", Value.of(x), "c", Value.of(c)));
    }

    private static CrossEntropy told(CrossEntropySettings settings) {
        CrossEntropy optimizer = CrossEntropy.start(SPACE, settings, 1);
        optimizer.tell(config(2, "p"), 1); // the elite
        optimizer.tell(config(9, "r"), 8);
        optimizer.tellInfeasible(config(8, "r"));
        optimizer.tell(config(4, "p"), 2);
        return optimizer;
    }

    @Test
    void theDistributionMovesThreeQuartersOfTheWayToTheElites() {
        OptimizerState.CrossEntropy state = told(PLAIN).state();

        assertThat(state.means().get(0)).isCloseTo(0.5 + 0.75 * (0.3 - 0.5), within(1e-12));
        double variance = 0.75 * 0.01 + 0.25 / 12; // of .2 and .4, and of a uniform place
        assertThat(state.deviations().get(0)).isCloseTo(Math.sqrt(variance), within(1e-12));
        List<Double> options = state.categories().get(0).probabilities();
        assertThat(options.get(0)).isCloseTo(1.0 / 3 + 0.75 * 2 / 3, within(1e-12));
        assertThat(options.get(1)).isCloseTo(0.25 / 3, within(1e-12));
        assertThat(state.told()).isEmpty();
        assertThat(state.moves()).isEqualTo(1);
    }

    @Test
    void noiseWidensAndShrinksWithEachMove() {
        CrossEntropy optimizer = told(new CrossEntropySettings(4, 0.5, 0.75, 0.4, Optional.empty()));
        double first = 0.75 * (0.01 + 0.16) + 0.25 / 12;
        assertThat(optimizer.state().deviations().get(0)).isCloseTo(Math.sqrt(first), within(1e-12));
        for (double x : new double[] {2, 4, 8, 9}) {
            optimizer.tell(config(x, "p"), x);
        }
        double second = 0.75 * (0.01 + 0.04) + 0.25 * first;
        assertThat(optimizer.state().deviations().get(0)).isCloseTo(Math.sqrt(second), within(1e-12));
    }

    @Test
    void noOptionDiesOut() {
        CrossEntropy optimizer = CrossEntropy.start(SPACE, PLAIN, 1);
        for (int k = 0; k < 400; k++) {
            optimizer.tell(config(2, "p"), k);
        }
        assertThat(optimizer.state().categories().get(0).probabilities().get(2)).isGreaterThan(0.03);
    }

    @Test
    void aParameterLearnsFromTrialsInWhichItIsActive() {
        CrossEntropy optimizer = CrossEntropy.start(CONDITIONAL, PLAIN, 1);
        SplitMix random = new SplitMix(3);
        List<Config> adam = new ArrayList<>();
        while (adam.size() < 4) {
            RandomSearch.draw(CONDITIONAL, random)
                    .filter(config -> config.get("method").equals(Value.of("adam")))
                    .ifPresent(adam::add);
        }
        for (int k = 0; k < 4; k++) {
            optimizer.tell(adam.get(k), k);
        }
        OptimizerState.CrossEntropy state = optimizer.state();
        int momentum = 2;
        int beta = 4;
        assertThat(state.deviations().get(momentum)).isEqualTo(Math.sqrt(1.0 / 12));
        assertThat(state.deviations().get(beta)).isLessThan(Math.sqrt(1.0 / 12));
    }

    @Test
    void aPriorIsTheFirstDistribution() {
        Prior prior = Prior.around(SPACE, config(3, "q"), Map.of("x", 0.1, "c", 0.25));
        OptimizerState.CrossEntropy state =
                CrossEntropy.start(SPACE, PLAIN.withPrior(prior), 1).state();
        assertThat(state.means().get(0)).isCloseTo(0.3, within(1e-9));
        assertThat(state.deviations().get(0)).isEqualTo(0.1);
        assertThat(state.categories().get(0).probabilities().get(1)).isCloseTo(0.5, within(1e-9));
        assertThat(state.categories().get(0).probabilities().get(2)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void earlierResultsAreItsFirstElite() {
        List<Observation> earlier = new ArrayList<>();
        for (int k = 0; k < 100; k++) {
            double x = (k + 0.5) / 10;
            earlier.add(Observation.measured(config(x, x < 5 ? "q" : "r"), Math.abs(x - 4)));
        }
        earlier.add(Observation.measured(Config.of(Map.of("x", Value.of(99.0))), -5));
        CrossEntropy optimizer = CrossEntropy.warm(SPACE, CrossEntropySettings.DEFAULT, earlier, 1);
        for (int k = 0; k < 20; k++) {
            assertThat(optimizer.ask().get("x").asNumber().orElseThrow()).isBetween(0.5, 8.0);
        }
        assertThat(optimizer.state().means().get(0)).isCloseTo(0.5 + 0.8 * (0.4 - 0.5), within(0.01));
        assertThat(optimizer.state().moves()).isEqualTo(10);
    }

    @Test
    void itFindsTheBestOptionsOfAMixedSpace() {
        Synthetic mixed = Synthetic.mixed();
        Optimizer optimizer = start(mixed.space(), mixed.centre(), 1);
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 150; k++) {
            Config config = optimizer.ask();
            optimizer.tell(config, mixed.value(config));
            best = Math.min(best, mixed.value(config));
        }
        assertThat(best).isLessThan(0.15); // any wrong option costs that much
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(CHOICES, opened(ONE, 1).state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropySettings(1, 0.2, 0.8, 0.3, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropySettings(10, 1, 0.8, 0.3, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropySettings(10, 0.2, 0, 0.3, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CrossEntropySettings(10, 0.2, 0.8, Double.NaN, Optional.empty()));
    }
}
