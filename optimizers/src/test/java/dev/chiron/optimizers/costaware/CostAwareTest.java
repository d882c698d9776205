package dev.chiron.optimizers.costaware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.gp.Posterior;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.surrogate.Coordinates;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CostAwareTest extends OptimizerContract {

    /** Few candidates, so that thousands of asks take seconds. */
    private static final CostAwareSettings FAST = new CostAwareSettings(10, 0.2, 40, Optional.empty());

    /** A network: a larger one is better and takes longer, the best rate falls with its size. */
    private static final SearchSpace NETWORK = SearchSpace.of(
            new Parameter.Whole("width", 16, 4096, true, 1, false), new Parameter.Real("rate", 1e-4, 1, true));

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return CostAware.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return CostAware.resume(space, FAST, (OptimizerState.CostAware) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.01;
    }

    /** width^-0.5 at the best rate, 0.5 width^-0.5; a second for each hundred of the width. */
    private static Observation trained(Config config) {
        double width = config.get("width").asNumber().orElseThrow();
        double rate = config.get("rate").asNumber().orElseThrow();
        double off = Math.log10(rate / (0.5 / Math.sqrt(width)));
        return Observation.measured(config, 1 / Math.sqrt(width) + 0.05 * off * off)
                .costing(width / 100);
    }

    private static CostAware studied(int trials, long seed) {
        CostAware optimizer = CostAware.start(NETWORK, CostAwareSettings.DEFAULT, seed);
        for (int trial = 0; trial < trials; trial++) {
            optimizer.tell(trained(optimizer.ask()));
        }
        return optimizer;
    }

    @Test
    void itFindsTheFrontFromOneEndToTheOther() {
        Scaling scaling = Scaling.of(NETWORK, studied(80, 1).state()).orElseThrow();

        assertThat(scaling.steps()).hasSizeGreaterThan(6);
        assertThat(scaling.steps().get(0).cost()).isLessThan(8); // it begins within the cheapest fifth
        Scaling.Step dearest = scaling.steps().get(scaling.steps().size() - 1);
        assertThat(dearest.cost()).isGreaterThan(20);
        assertThat(dearest.loss()).isLessThan(0.025); // 0.0156 at the most
        assertThat(scaling.steps()).allSatisfy(step -> {
            double least = 1 / Math.sqrt(step.cost() * 100);
            assertThat(step.loss() - least).isBetween(-1e-9, 0.02);
        });
    }

    @Test
    void itSaysHowTheRateFallsWithTheTime() {
        Scaling scaling = Scaling.of(NETWORK, studied(80, 1).state()).orElseThrow();

        Scaling.Move width = scaling.moves().get(0);
        assertThat(width.parameter().name()).isEqualTo("width");
        assertThat(width.explained().orElseThrow()).isGreaterThan(0.99);
        Scaling.Move rate = scaling.moves().get(1);
        double span = Math.log(number(width.dear()) / number(width.cheap()));
        double power = Math.log(number(rate.dear()) / number(rate.cheap())) / span;
        assertThat(power).isBetween(-0.7, -0.3); // by construction -0.5
    }

    private static double number(Value value) {
        return value.asNumber().orElseThrow();
    }

    /** Beside one that is told the same losses without their costs. */
    @Test
    void itSpendsLessThanOneThatKnowsNoCosts() {
        double aware = 0;
        double blind = 0;
        for (long seed = 1; seed <= 5; seed++) {
            aware += spent(true, seed);
            blind += spent(false, seed);
        }
        assertThat(aware).isLessThan(0.7 * blind);
    }

    private static double spent(boolean told, long seed) {
        CostAware optimizer = CostAware.start(NETWORK, CostAwareSettings.DEFAULT, seed);
        double spent = 0;
        for (int trial = 0; trial < 50; trial++) {
            Observation observation = trained(optimizer.ask());
            spent += observation.cost();
            optimizer.tell(told ? observation : observation.costing(0));
        }
        return spent;
    }

    @Test
    void withoutCostsThereIsNoScaling() {
        Optimizer optimizer = start(EVERYTHING, baseline(EVERYTHING), 1);
        for (int k = 0; k < 30; k++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(EVERYTHING, config));
        }
        assertThat(Scaling.of(EVERYTHING, (OptimizerState.CostAware) optimizer.state()))
                .isEmpty();
    }

    /** Costs of all sizes, none, failures and stopped runs: at any moment it goes on as if it had not stopped. */
    @ParameterizedTest
    @MethodSource("spaces")
    void withCostsItGoesOnBitForBit(SearchSpace space) {
        Optimizer whole = start(space, baseline(space), 3);
        List<OptimizerState> states = new ArrayList<>();
        List<Config> asked = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
            states.add(whole.state());
            asked.add(step(whole, space, k));
        }
        for (int k = 5; k < 50; k += 9) {
            Optimizer resumed = resume(space, states.get(k));
            for (int later = k; later < Math.min(50, k + 12); later++) {
                assertThat(resumed.state()).isEqualTo(states.get(later));
                assertThat(step(resumed, space, later)).isEqualTo(asked.get(later));
            }
        }
    }

    private static Config step(Optimizer optimizer, SearchSpace space, int k) {
        Config asked = optimizer.ask();
        double loss = loss(space, asked);
        double cost = new double[] {0, 1e-3, 3, 1e9, 300}[k % 5] * (1 + loss);
        Observation told = k % 7 == 6
                ? Observation.infeasible(asked)
                : k % 7 == 3 ? Observation.pruned(asked, 2, loss) : Observation.measured(asked, loss);
        optimizer.tell(told.costing(cost));
        return asked;
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1})
    void aCostThatCannotBeIsRefused(double cost) {
        Observation observation = Observation.measured(baseline(ONE), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> observation.costing(cost))
                .withMessageContaining("cost");
    }

    @Test
    void itSurvivesCostsThatSayNothing() {
        for (double cost : new double[] {0, Double.MIN_VALUE, 1, Double.MAX_VALUE}) {
            Optimizer optimizer = start(EVERYTHING, baseline(EVERYTHING), 2);
            for (int k = 0; k < 40; k++) {
                Config config = optimizer.ask();
                optimizer.tell(
                        Observation.measured(config, loss(EVERYTHING, config)).costing(cost));
            }
            assertThat(EVERYTHING.broken(optimizer.ask())).isEmpty();
        }
    }

    @Test
    void whatFailsIsLeftAlone() {
        CostAware optimizer = CostAware.start(NETWORK, CostAwareSettings.DEFAULT, 4);
        int failed = 0;
        for (int trial = 0; trial < 60; trial++) {
            Config config = optimizer.ask();
            boolean fails = config.get("width").asNumber().orElseThrow() > 500;
            failed += fails && trial >= 20 ? 1 : 0;
            optimizer.tell(fails ? Observation.infeasible(config).costing(0.1) : trained(config));
        }
        assertThat(failed).isLessThan(12);
    }

    @Test
    void itFindsTheBestOptionsOfAMixedSpace() {
        Synthetic mixed = Synthetic.mixed();
        Optimizer optimizer = CostAware.start(mixed.space(), CostAwareSettings.DEFAULT, 1);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < 100; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, mixed.value(config));
            best = Math.min(best, mixed.value(config));
        }
        assertThat(best).isLessThan(0.15); // any wrong option costs that much
    }

    @Test
    void whatIsRunningIsNotAskedForAgain() {
        Optimizer optimizer = start(EVERYTHING, baseline(EVERYTHING), 3);
        for (int trial = 0; trial < 12; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(EVERYTHING, config));
        }
        Set<Config> asked = new HashSet<>();
        for (int k = 0; k < 30; k++) {
            assertThat(asked.add(optimizer.ask())).isTrue();
        }
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CostAwareSettings(1, 0.2, 100, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CostAwareSettings(10, 0, 100, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new CostAwareSettings(10, 0.2, 4, Optional.empty()));
    }

    @Test
    void theFrontIsWhatNoCheaperOneBeats() {
        double[][] places = {{0.1}, {0.2}, {0.3}, {0.4}, {0.5}};
        Front front = Front.of(places, new double[] {3, 0, 1, 2, 4}, new double[] {0.4, 0.9, 0.7, 0.8, 0.4});

        assertThat(front.points()).extracting(Front.Point::logCost).containsExactly(0.0, 1.0, 3.0);
        assertThat(front.lossAt(-1)).isEqualTo(0.9);
        assertThat(front.lossAt(0.5)).isEqualTo(0.8);
        assertThat(front.lossAt(2)).isCloseTo(0.55, offset(1e-12));
        assertThat(front.lossAt(9)).isEqualTo(0.4);
    }

    @Test
    void aDearTrialIsForetoldByWhatTheCheapOnesCost() {
        List<Observation> cheap = new ArrayList<>();
        SplitMix random = new SplitMix(5);
        for (int k = 0; k < 20; k++) {
            long width = 16 + random.nextInt(200);
            cheap.add(trained(NETWORK.config(
                    Map.of("width", Value.of(width), "rate", Value.of(Math.pow(10, -4 * random.nextDouble()))))));
        }
        Coordinates coordinates = new Coordinates(NETWORK);
        CostModel costs = CostModel.of(cheap, NETWORK, coordinates, Posterior.Fit.NONE);
        Config large = NETWORK.config(Map.of("width", Value.of(2000L), "rate", Value.of(0.01)));

        double seconds = Math.exp(costs.at(new double[][] {NETWORK.encode(large)})[0]);
        assertThat(seconds).isBetween(10.0, 40.0); // 20
    }
}
