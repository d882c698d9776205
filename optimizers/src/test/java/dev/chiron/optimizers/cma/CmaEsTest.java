package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Told;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CmaEsTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return CmaEs.start(space, baseline, CmaSettings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return CmaEs.resume(space, CmaSettings.DEFAULT, (OptimizerState.CmaEs) state);
    }

    @Override
    protected double sphereAfter200() {
        return 1e-3;
    }

    private static final SearchSpace SQUARE =
            SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("y", 0, 1, false));

    private static CmaEs square(long seed) {
        return CmaEs.start(SQUARE, at(0.3, 0.6), CmaSettings.DEFAULT, seed);
    }

    private static Config at(double x, double y) {
        return SQUARE.decode(new double[] {x, y});
    }

    @Test
    void itStartsAtTheBaselineWithTheChosenWidth() {
        CmaEs optimizer = CmaEs.start(SQUARE, at(0.3, 0.6), CmaSettings.DEFAULT.withSigma(0.05), 1);
        assertThat(optimizer.origin()).isEqualTo(Origin.CMA_ES);
        assertThat(optimizer.state().mean()).containsExactly(0.3, 0.6);
        assertThat(optimizer.state().sigma()).isEqualTo(0.05);
        assertThat(optimizer.state().axes()).containsExactly("x", "y");
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 500; i++) {
            double x = SQUARE.encode(optimizer.ask())[0];
            sum += x / 500;
            squares += (x - 0.3) * (x - 0.3) / 500;
        }
        assertThat(sum).isCloseTo(0.3, within(0.01));
        assertThat(Math.sqrt(squares)).isCloseTo(0.05, within(0.005));
    }

    @Test
    void aBaselineInACornerStillGivesPointsInsideTheBox() {
        CmaEs optimizer = CmaEs.start(WIDE, WIDE.decode(new double[100]), CmaSettings.DEFAULT, 1);
        for (int i = 0; i < 40; i++) {
            Config asked = optimizer.ask();
            assertThat(WIDE.problems(asked.values())).isEmpty();
            optimizer.tell(asked, loss(WIDE, asked));
        }
        assertThat(optimizer.state().generation()).isEqualTo(2);
    }

    @Test
    void ownPointsEnterAsTheyWereDrawnInWhateverOrderTheyAreTold() {
        CmaEs optimizer = square(1);
        List<Config> asked = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            asked.add(optimizer.ask());
        }
        List<List<Double>> drawn = optimizer.state().drawn().stream()
                .map(OptimizerState.Drawn::point)
                .toList();
        for (int i = 4; i >= 0; i--) {
            optimizer.tell(asked.get(i), i);
        }
        List<Told> told = optimizer.state().told();
        assertThat(optimizer.state().drawn()).isEmpty();
        for (int i = 0; i < 5; i++) {
            assertThat(told.get(4 - i).point()).isEqualTo(drawn.get(i));
            assertThat(told.get(4 - i).own()).isTrue();
        }
    }

    @Test
    void whatEntersOfARepairedDrawIsWhatWasRun() {
        SearchSpace space = new SearchSpace(SQUARE.parameters(), List.of(Constraint.parse("x + y <= 1")));
        CmaEs optimizer = CmaEs.start(space, at(0.5, 0.5), CmaSettings.DEFAULT, 1);
        int repaired = 0;
        for (int i = 0; i < 5; i++) {
            Config asked = optimizer.ask();
            OptimizerState.Drawn drawn = optimizer.state().drawn().get(0);
            repaired += space.decode(Vectors.array(drawn.placed())).equals(asked) ? 0 : 1;
            optimizer.tell(asked, i);
            Told told = optimizer.state().told().get(i);
            assertThat(told.own()).isTrue();
            assertThat(Vectors.array(told.point())).containsExactly(space.encode(asked), offset(1e-9));
        }
        assertThat(repaired).isBetween(1, 4);
    }

    @Test
    void aPriorsWidthIsThatOfItsAxis() {
        Map<String, Double> widths = Map.of("y", 2 * Prior.AROUND);
        CmaEs optimizer =
                CmaEs.start(SQUARE, Prior.around(SQUARE, at(0.5, 0.3), widths), CmaSettings.DEFAULT.withSigma(0.05), 1);
        assertThat(optimizer.state().sigma()).isEqualTo(0.05);
        assertThat(optimizer.state().mean()).containsExactly(0.5, 0.3);
        assertThat(optimizer.state().covariance().element(0, 0)).isEqualTo(1);
        assertThat(optimizer.state().covariance().element(1, 1)).isEqualTo(4);
        assertThat(optimizer.state().covariance().element(0, 1)).isZero();
    }

    @Test
    void pointsFromOutsideAreClippedToTheLengthOfADraw() {
        CmaEs optimizer = square(1);
        optimizer.tell(at(0.3, 1), 0);
        Told told = optimizer.state().told().get(0);
        assertThat(told.own()).isFalse();
        double longest = CmaSettings.DEFAULT.sigma() * (Math.sqrt(2) + 1);
        assertThat(told.point().get(0)).isCloseTo(0.3, within(1e-9));
        assertThat(told.point().get(1)).isCloseTo(0.6 + longest, within(1e-9));
        assertThat(optimizer.state().best().get(0).point()).containsExactly(0.3, 1.0);
    }

    @Test
    void aFailedPointFromOutsideChangesNothingEver() {
        CmaEs plain = square(3);
        CmaEs pestered = square(3);
        for (int k = 0; k < 60; k++) {
            pestered.tellInfeasible(at(0.01 * k, 0.9));
            Config asked = plain.ask();
            assertThat(pestered.ask()).isEqualTo(asked);
            plain.tell(asked, loss(SQUARE, asked));
            pestered.tell(asked, loss(SQUARE, asked));
            assertThat(pestered.state()).isEqualTo(plain.state());
        }
    }

    @Test
    void aDrawThatWasNeverToldIsForgottenAfterSomeGenerations() {
        CmaEs optimizer = square(3);
        Config forgotten = optimizer.ask();
        for (int k = 0; k < 6 * 5; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, loss(SQUARE, asked));
        }
        assertThat(optimizer.state().drawn()).isEmpty();
        OptimizerState before = optimizer.state();
        optimizer.tellInfeasible(forgotten);
        assertThat(optimizer.state()).isEqualTo(before);
    }

    @Test
    void drawsThatNobodyTellsAreNotHoardedForEver() {
        CmaEs optimizer = square(3);
        for (int k = 0; k < 1000; k++) {
            optimizer.ask();
        }
        assertThat(optimizer.state().drawn()).hasSize(4 * 6);
    }

    @Test
    void failedDrawsPushTheMeanAway() {
        CmaEs optimizer = square(5);
        for (int k = 0; k < 120; k++) {
            Config asked = optimizer.ask();
            double x = SQUARE.encode(asked)[0];
            if (x > 0.3) {
                optimizer.tellInfeasible(asked);
            } else {
                optimizer.tell(asked, 1 + 0.01 * Math.sin(1000 * x));
            }
        }
        assertThat(optimizer.state().mean().get(0)).isLessThan(0.3);
    }

    @Test
    void aFailureCountsTheSameWhateverTheLossesAre() {
        CmaEs small = square(5);
        CmaEs huge = square(5);
        for (int k = 0; k < 120; k++) {
            Config asked = small.ask();
            assertThat(huge.ask()).isEqualTo(asked);
            if (k % 3 == 0) {
                small.tellInfeasible(asked);
                huge.tellInfeasible(asked);
            } else {
                small.tell(asked, loss(SQUARE, asked));
                huge.tell(asked, loss(SQUARE, asked) * 1e12 + 1e13);
            }
        }
        assertThat(huge.state().mean()).isEqualTo(small.state().mean());
    }

    @Test
    void whenAWholeGenerationFailsItRetreatsToTheBestPointAndShrinks() {
        CmaEs optimizer = square(6);
        optimizer.tell(at(0.3, 0.55), 1);
        for (int k = 0; k < 5; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, 2 + k);
        }
        double sigma = optimizer.state().sigma();
        for (int k = 0; k < 30; k++) {
            optimizer.tellInfeasible(optimizer.ask());
        }
        assertThat(optimizer.state().generation()).isEqualTo(6);
        assertThat(optimizer.state().mean().get(0)).isCloseTo(0.3, within(1e-9));
        assertThat(optimizer.state().mean().get(1)).isCloseTo(0.55, within(1e-9));
        assertThat(optimizer.state().sigma()).isLessThan(sigma / 2);
    }

    @Test
    void failuresBeforeAnythingWasMeasuredTeachNothing() {
        CmaEs optimizer = square(6);
        for (int k = 0; k < 60; k++) {
            optimizer.tellInfeasible(optimizer.ask());
        }
        assertThat(optimizer.state().generation()).isZero();
        assertThat(optimizer.state().mean()).containsExactly(0.3, 0.6);
        assertThat(optimizer.state().sigma()).isEqualTo(CmaSettings.DEFAULT.sigma());
    }

    /** Without the margin a step of 1e-6 never leaves a grid value again. */
    @Test
    void aWholeParameterIsNeverFrozen() {
        SearchSpace space = SearchSpace.of(new Parameter.Whole("k", 0, 20), new Parameter.Real("x", 0, 1, false));
        CmaEs optimizer =
                CmaEs.start(space, space.decode(new double[] {0.5, 0.5}), CmaSettings.DEFAULT.withSigma(1e-6), 1);
        long reached = 10;
        for (int k = 0; k < 600; k++) {
            Config asked = optimizer.ask();
            long value = ((Value.Whole) asked.get("k")).number();
            reached = Math.max(reached, value);
            optimizer.tell(asked, -value);
        }
        assertThat(reached).isGreaterThanOrEqualTo(12);
    }

    @Test
    void theBetterOptionOfSixIsFoundWithinThreeHundredTrials() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            parameters.add(new Parameter.Real("x" + i, 0, 1, false));
        }
        parameters.add(Choice.of("pattern", "SSSL", "SSLL", "SLSL", "LLLL", "SSSS", "LSSL"));
        SearchSpace space = new SearchSpace(parameters, List.of());
        Config baseline = space.decode(new double[14]);
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            CmaEs optimizer = CmaEs.start(space, baseline, CmaSettings.DEFAULT, seed);
            for (int k = 0; k < 300; k++) {
                Config asked = optimizer.ask();
                double loss = loss(space, asked.with("pattern", Value.of("SSSL")));
                optimizer.tell(asked, loss + (asked.get("pattern").equals(Value.of("LLLL")) ? 0 : 0.5));
            }
            List<Double> probabilities = optimizer.state().categories().get(0).probabilities();
            assertThat(probabilities.stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-12));
            assertThat(probabilities).allMatch(p -> p > 0.029);
            found += probabilities.get(3) > 0.7 ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(8);
    }

    @Test
    void aFailedPointFromOutsideDoesNotMoveAnOption() {
        CmaEs optimizer = CmaEs.start(CHOICES, baseline(CHOICES), CmaSettings.DEFAULT, 1);
        var before = optimizer.state().categories();
        Config never = CHOICES.decode(new double[] {0.99, 0.01});
        for (int k = 0; k < 100; k++) {
            optimizer.tellInfeasible(never);
        }
        assertThat(optimizer.state().categories()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void onceConvergedItStartsAgainSomewhereElse(long seed) {
        CmaEs optimizer = square(seed);
        for (int k = 0; k < 1500; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, loss(SQUARE, asked));
        }
        OptimizerState.CmaEs state = optimizer.state();
        assertThat(state.began()).isPositive();
        assertThat(state.sigmas()).anyMatch(sigma -> sigma > 1e-3);
        assertThat(state.best().get(0).loss()).isLessThan(1e-15);
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void aFewPointsFromOutsideDoNotBlowAConvergedSearchUp(UpdateRule rule) {
        CmaEs optimizer = CmaEs.start(SQUARE, at(0.3, 0.6), CmaSettings.DEFAULT.withRule(rule), 2);
        while (optimizer.state().sigma() > 1e-3) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, loss(SQUARE, asked));
        }
        double sigma = optimizer.state().sigma();
        double[] mean = Vectors.array(optimizer.state().mean());
        int generation = optimizer.state().generation();
        while (optimizer.state().generation() == generation) {
            optimizer.tell(at(0.1, 0.1), -1);
        }
        assertThat(optimizer.state().sigma()).isLessThanOrEqualTo(Math.E * sigma * (1 + 1e-12));
        Vectors.add(mean, -1, Vectors.array(optimizer.state().mean()));
        assertThat(Vectors.norm(mean)).isLessThan(0.02);
    }

    /** The design's promise about a model that knows nothing: it costs its trials and no more. */
    @Test
    void randomPointsInEveryThirdTurnCostNoMoreThanTheirTrials() {
        assertThat(ellipsoidAfter(300, true)).isLessThan(1.3 * ellipsoidAfter(200, false));
    }

    /** The geometric mean over seeds of the best value. */
    private static double ellipsoidAfter(int trials, boolean withRandomPoints) {
        Synthetic function = Synthetic.ellipsoid(8, 2);
        double logarithm = 0;
        int seeds = 40;
        for (long seed = 1; seed <= seeds; seed++) {
            CmaEs optimizer = CmaEs.start(function.space(), function.centre(), CmaSettings.DEFAULT, seed);
            SplitMix random = new SplitMix(seed);
            double best = Double.POSITIVE_INFINITY;
            for (int k = 1; k <= trials; k++) {
                Config asked = optimizer.ask();
                boolean overridden = withRandomPoints && k % 3 == 0;
                Config run =
                        overridden ? RandomSearch.draw(function.space(), random).orElseThrow() : asked;
                double value = function.value(run);
                best = Math.min(best, value);
                optimizer.tell(run, value);
            }
            logarithm += Math.log(best) / seeds;
        }
        return Math.exp(logarithm);
    }

    @Test
    void statesAndSettingsThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        CmaEs.resume(EVERYTHING, CmaSettings.DEFAULT, square(1).state()))
                .withMessageContaining("another search space");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaSettings.DEFAULT.withSigma(Double.NaN))
                .withMessageContaining("sigma");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new CmaSettings(0.1, OptionalInt.of(3), UpdateRule.TUTORIAL, 100, RestartPolicy.SAME, false))
                .withMessageContaining("4 points");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaEs.start(SQUARE, baseline(ONE), CmaSettings.DEFAULT, 1))
                .withMessageContaining("y");
    }
}
