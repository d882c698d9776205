package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Category;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Parameter.Real;
import dev.chiron.optimizers.space.Parameter.Whole;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MovedTest {

    private static final Offset<Double> CLOSE = within(1e-9);
    private static final Parameter A = new Real("a", 0, 1, false);
    private static final Parameter B = new Real("b", 1e-4, 1, true);
    private static final Parameter C = new Real("c", -5, 5, false);
    private static final Parameter N = new Whole("n", 1, 64, true, 1, false);
    private static final Choice KIND = Choice.of("kind", "adam", "sgd", "lion");
    private static final SearchSpace MIXED = SearchSpace.of(A, B, KIND, C, N);

    static Stream<Long> seeds() {
        return LongStream.rangeClosed(1, 12).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inTheSameSpaceOnlyTheGenerationUnderWayIsLost(long seed) {
        for (CmaSettings settings : List.of(
                CmaSettings.DEFAULT,
                CmaSettings.DEFAULT.withAdaptive(true),
                CmaSettings.DEFAULT.withFullUpTo(0),
                CmaSettings.DEFAULT.withRule(UpdateRule.TUTORIAL).withRestarts(RestartPolicy.BIPOP))) {
            CmaEs learned = learned(MIXED, settings, seed, 97);
            OptimizerState.CmaEs state = learned.state();

            CmaEs moved = learned.movedTo(MIXED, centre(MIXED));

            assertThat(moved.state())
                    .isEqualTo(new OptimizerState.CmaEs(
                            state.axes(),
                            state.mean(),
                            state.sigma(),
                            state.covariance(),
                            state.stretch(),
                            state.pathSigma(),
                            state.pathC(),
                            state.rates(),
                            state.generation(),
                            state.began(),
                            state.restarts(),
                            state.sigmas(),
                            List.of(),
                            state.categories(),
                            List.of(),
                            List.of(),
                            List.of(),
                            state.random()));
            assertThat(moved.ask()).isEqualTo(learned.ask());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfParametersDoesNotMatter(long seed) {
        CmaEs learned = learned(MIXED, CmaSettings.DEFAULT, seed, 97);
        SearchSpace other = SearchSpace.of(N, KIND, C, A, B);

        OptimizerState.CmaEs was = learned.state();
        OptimizerState.CmaEs is = learned.movedTo(other, centre(other)).state();

        assertThat(is.axes()).containsExactly("n", "c", "a", "b");
        assertSame(was, is, List.of("a", "b", "c"));
        assertThat(length(is.pathSigma())).isCloseTo(length(was.pathSigma()), CLOSE);
        assertThat(is.categories()).isEqualTo(was.categories());
        assertThat(is.restarts()).isEqualTo(was.restarts());
        for (String name : is.axes()) {
            assertThat(is.pathC().get(is.axes().indexOf(name)))
                    .isEqualTo(was.pathC().get(was.axes().indexOf(name)));
        }
        OptimizerState.CmaEs back = CmaEs.resume(other, CmaSettings.DEFAULT, is)
                .movedTo(MIXED, centre(MIXED))
                .state();
        assertSame(was, back, List.of("a", "b", "c"));
        for (int i = 0; i < back.pathSigma().size(); i++) {
            assertThat(back.pathSigma().get(i)).isCloseTo(was.pathSigma().get(i), within(1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void droppedParametersAreForgottenAndNewOnesBeginAtTheirStart(long seed) {
        CmaEs learned = learned(MIXED, CmaSettings.DEFAULT, seed, 200);
        SearchSpace fewer = SearchSpace.of(A, KIND, C);
        CmaEs dropped = learned.movedTo(fewer, centre(fewer));
        assertSame(learned.state(), dropped.state(), List.of("a", "c"));
        assertThat(dropped.state().categories()).isEqualTo(learned.state().categories());

        Config start = MIXED.decode(new double[] {0.9, 0.25, 0.5, 0.9, 0.5});
        OptimizerState.CmaEs added = dropped.movedTo(MIXED, Prior.around(MIXED, start, Map.of("n", 0.5)))
                .state();

        assertSame(learned.state(), added, List.of("a", "c"));
        int b = added.axes().indexOf("b");
        assertThat(added.mean().get(b)).isCloseTo(0.25, CLOSE);
        assertThat(deviation(added, "b")).isCloseTo(0.1, CLOSE);
        assertThat(deviation(added, "n")).isCloseTo(0.2, CLOSE);
        assertThat(added.pathC().get(b)).isZero();
        assertThat(added.rates()).isEmpty();
        for (String other : List.of("a", "c", "n")) {
            assertThat(added.covariance().element(b, added.axes().indexOf(other)))
                    .isZero();
        }
        assertThat(length(added.pathSigma())).isCloseTo(length(dropped.state().pathSigma()), within(1e-6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anotherRangeKeepsTheDistributionInTheUsersUnits(long seed) {
        SearchSpace space = SearchSpace.of(A, B, C, new Whole("m", 0, 1_000_000));
        SearchSpace wide = SearchSpace.of(
                new Real("a", -1, 3, false), new Real("b", 1e-6, 10, true), C, new Whole("m", -500, 2_000_000));
        CmaEs learned = learned(space, CmaSettings.DEFAULT, seed, 150);

        CmaEs moved = learned.movedTo(wide, centre(wide));

        OptimizerState.CmaEs was = learned.state();
        OptimizerState.CmaEs is = moved.state();
        assertThat(-1 + 4 * is.mean().get(0)).isCloseTo(was.mean().get(0), CLOSE);
        assertThat(4 * deviation(is, "a")).isCloseTo(deviation(was, "a"), CLOSE);
        assertThat(-6 + 7 * is.mean().get(1)).isCloseTo(-4 + 4 * was.mean().get(1), CLOSE);
        assertThat(7 * deviation(is, "b")).isCloseTo(4 * deviation(was, "b"), CLOSE);
        assertThat(2_000_501.0 * deviation(is, "m")).isCloseTo(1_000_001.0 * deviation(was, "m"), within(1e-3));
        assertThat(correlation(is, "a", "b")).isCloseTo(correlation(was, "a", "b"), CLOSE);
        assertThat(length(is.pathSigma())).isCloseTo(length(was.pathSigma()), within(1e-6));
        OptimizerState.CmaEs back = moved.movedTo(space, centre(space)).state();
        assertSame(was, back, was.axes());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aScaleThatBecomesLogarithmicKeepsValueAndWidthThere(long seed) {
        SearchSpace space = SearchSpace.of(new Real("x", 1, 101, false), C);
        SearchSpace log = SearchSpace.of(new Real("x", 1, 1000, true), C);
        CmaEs learned = learned(space, CmaSettings.DEFAULT, seed, 120);

        OptimizerState.CmaEs was = learned.state();
        OptimizerState.CmaEs is = learned.movedTo(log, centre(log)).state();

        double value = 1 + 100 * was.mean().get(0);
        assertThat(Math.pow(1000, is.mean().get(0))).isCloseTo(value, within(1e-9 * value));
        assertThat(deviation(is, "x") * Math.log(1000) * value).isCloseTo(100 * deviation(was, "x"), within(1e-9));
        OptimizerState.CmaEs back = CmaEs.resume(log, CmaSettings.DEFAULT, is)
                .movedTo(space, centre(space))
                .state();
        assertSame(was, back, was.axes());
    }

    @Test
    void whatLiesOutsideOfANarrowerRangeGoesToItsEnd() {
        CmaEs learned = CmaEs.start(
                SearchSpace.of(A, C), SearchSpace.of(A, C).decode(new double[] {0.9, 0.5}), CmaSettings.DEFAULT, 1);
        SearchSpace narrow = SearchSpace.of(new Real("a", 0, 0.01, false), new Real("c", 1, 2, true));

        OptimizerState.CmaEs is = learned.movedTo(narrow, centre(narrow)).state();

        assertThat(is.mean()).containsExactly(1.0, 0.0);
        assertThat(deviation(is, "a")).isLessThanOrEqualTo(0.5 + 1e-9);
    }

    @Test
    void anotherKindIsAnotherParameter() {
        SearchSpace space = SearchSpace.of(A, B, KIND);
        SearchSpace other = SearchSpace.of(
                new Whole("a", 0, 100), Choice.of("b", "x", "y"), new Choice("kind", KIND.options(), true));
        OptimizerState.CmaEs is = learned(space, CmaSettings.DEFAULT, 3, 100)
                .movedTo(other, centre(other))
                .state();

        assertThat(is.axes()).containsExactly("a", "kind");
        assertThat(is.mean()).containsExactly(0.5, 0.5);
        assertThat(deviation(is, "a")).isCloseTo(0.1, CLOSE);
        assertThat(is.categories()).containsExactly(new Category("b", List.of(0.5, 0.5)));
    }

    @Test
    void optionsKeepWhatTheyHaveLearned() {
        SearchSpace space = SearchSpace.of(A, KIND);
        CmaEs learned = learned(space, CmaSettings.DEFAULT, 5, 150);
        List<Double> was = learned.state().categories().get(0).probabilities();

        List<Double> more = probabilities(learned, Choice.of("kind", "new", "lion", "adam", "sgd"));
        assertThat(more.get(0)).isCloseTo(0.25, within(0.03));
        assertThat(more.get(2) / more.get(3)).isCloseTo(was.get(0) / was.get(1), within(0.2 * was.get(0) / was.get(1)));
        assertThat(more.stream().mapToDouble(x -> x).sum()).isCloseTo(1, CLOSE);

        List<Double> fewer = probabilities(learned, Choice.of("kind", "lion", "adam"));
        assertThat(fewer.get(1)).isGreaterThan(fewer.get(0)).isLessThan(1);
        assertThat(fewer.stream().mapToDouble(x -> x).sum()).isCloseTo(1, CLOSE);

        assertThat(probabilities(learned, Choice.of("kind", "x", "y"))).containsExactly(0.5, 0.5);
        assertThat(probabilities(learned, Choice.of("other", "adam", "sgd", "lion", "x")))
                .containsExactly(0.5 / 3, 0.5, 0.5 / 3, 0.5 / 3);
    }

    @Test
    void orderedOptionsKeepTheirPlaceByValue() {
        SearchSpace space = SearchSpace.of(A, sizes(16, 32, 64, 128));
        Config start = space.decode(new double[] {0.5, 0.9});
        CmaEs learned = CmaEs.start(space, start, CmaSettings.DEFAULT, 1);
        SearchSpace more = SearchSpace.of(A, sizes(8, 16, 32, 64, 128, 256, 512, 1024));
        SearchSpace other = SearchSpace.of(A, sizes(1, 2));

        OptimizerState.CmaEs is = learned.movedTo(more, centre(more)).state();
        assertThat(more.parameters().get(1).decode(is.mean().get(1))).isEqualTo(new Value.Whole(128));
        assertThat(deviation(is, "size")).isCloseTo(deviation(learned.state(), "size") / 2, CLOSE);
        Value begun = other.parameters()
                .get(1)
                .decode(learned.movedTo(other, centre(other)).state().mean().get(1));
        assertThat(begun).isEqualTo(new Value.Whole(2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void howeverSmallSigmaIsANewAxisIsWideAndTheMatrixPositiveDefinite(long seed) {
        SearchSpace space = SearchSpace.of(A, C);
        CmaEs learned = learned(space, CmaSettings.DEFAULT, seed, 160);
        OptimizerState.CmaEs state = learned.state();
        assertThat(state.sigma()).isLessThan(0.05);
        SearchSpace more = SearchSpace.of(A, new Real("d", 0, 1, false), C, N, B);

        OptimizerState.CmaEs is = learned.movedTo(more, centre(more)).state();

        assertThat(is.sigma()).isEqualTo(state.sigma());
        assertThat(deviation(is, "d")).isCloseTo(0.1, within(1e-6));
        double[][] rows = Vectors.matrix(is.covariance().rows());
        double[] eigenvalues = new EigenDecomposition(new Array2DRowRealMatrix(rows)).getRealEigenvalues();
        assertThat(Arrays.stream(eigenvalues).min().orElseThrow()).isPositive();
        assertThat(is.restarts().population())
                .isEqualTo(CmaSettings.DEFAULT.populationFor(5) << is.restarts().doublings());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMovedOptimizerResumesBitForBit(long seed) {
        for (SearchSpace other : spaces()) {
            CmaEs moved = learned(MIXED, CmaSettings.DEFAULT, seed, 77).movedTo(other, centre(other));
            for (int i = 0; i < 40; i++) {
                CmaEs resumed = CmaEs.resume(other, CmaSettings.DEFAULT, moved.state());
                assertThat(resumed.state()).isEqualTo(moved.state());
                Config config = moved.ask();
                assertThat(resumed.ask()).isEqualTo(config);
                assertThat(other.contains(config)).isTrue();
                if (i % 7 == 3) {
                    moved.tellInfeasible(config);
                } else {
                    moved.tell(config, loss(other, config));
                }
            }
        }
    }

    @Test
    void fromAnySpaceToAnyOther() {
        for (SearchSpace from : spaces()) {
            for (SearchSpace other : spaces()) {
                for (int most : new int[] {0, 3, 100}) {
                    CmaSettings settings = CmaSettings.DEFAULT.withFullUpTo(most);
                    CmaEs moved = learned(from, settings, 9, 60).movedTo(other, centre(other));
                    assertThat(moved.state().covariance().rows().size())
                            .isLessThanOrEqualTo(
                                    Math.max(1, moved.state().axes().size()));
                    for (int i = 0; i < 25; i++) {
                        Config config = moved.ask();
                        assertThat(other.contains(config)).isTrue();
                        moved.tell(config, loss(other, config));
                    }
                }
            }
        }
    }

    @Test
    void lossesOfTheOldSpaceSayNothingInTheNewOne() {
        CmaEs moved = learned(MIXED, CmaSettings.DEFAULT, 2, 100).movedTo(MIXED, centre(MIXED));
        List<Double> mean = moved.state().mean();
        for (int i = 0; i < 30; i++) {
            moved.tellInfeasible(moved.ask());
        }
        assertThat(moved.state().mean()).as("nothing was measured here").isEqualTo(mean);
        assertThat(moved.state().best()).isEmpty();
    }

    @Test
    void theGenerationUnderWayGoesOnWhereLossesDifferByAConstant() {
        CmaEs learned = learned(MIXED, CmaSettings.DEFAULT, 2, 100);
        List<OptimizerState.Told> told = learned.state().told();
        assertThat(told).isNotEmpty();

        CmaEs moved = learned.movedTo(MIXED, centre(MIXED), OptionalDouble.of(-3), 5);

        assertThat(moved.state().told())
                .isEqualTo(told.stream().map(point -> point.shiftedBy(-3)).toList());
        assertThat(moved.state().told().get(0).loss()).isEqualTo(told.get(0).loss() - 3);
        assertThat(learned.movedTo(MIXED, centre(MIXED), OptionalDouble.empty(), 5)
                        .state()
                        .told())
                .isEmpty();
        SearchSpace other = SearchSpace.of(A, KIND);
        assertThat(learned.movedTo(other, centre(other), OptionalDouble.of(-3), 5)
                        .state()
                        .told())
                .isEmpty();
    }

    @Test
    void twoThatGoOnFromOneDrawDifferently() {
        CmaEs learned = learned(MIXED, CmaSettings.DEFAULT, 2, 100);
        Config one =
                learned.movedTo(MIXED, centre(MIXED), OptionalDouble.empty(), 5).ask();
        Config other =
                learned.movedTo(MIXED, centre(MIXED), OptionalDouble.empty(), 6).ask();
        assertThat(one).isNotEqualTo(other);
        assertThat(learned.movedTo(MIXED, centre(MIXED), OptionalDouble.empty(), 5)
                        .ask())
                .isEqualTo(one);
    }

    /** 1-d, only choices, nothing to choose, mixed, conditional, many. */
    private static List<SearchSpace> spaces() {
        List<Parameter> many = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            many.add(new Real(i == 5 ? "a" : "x" + i, 0, 1, false));
        }
        return List.of(
                SearchSpace.of(A),
                SearchSpace.of(KIND, Choice.of("other", "x", "y")),
                SearchSpace.of(new Real("a", 1, 1, false)),
                SearchSpace.of(B, KIND, new Whole("n", 1, 8, true, 1, true), sizes(1, 2, 3)),
                new SearchSpace(
                        List.of(A, KIND, C),
                        List.of(),
                        List.of(new Condition("c", "kind", List.of(new Value.Text("sgd"))))),
                new SearchSpace(many, List.of()));
    }

    private static Choice sizes(long... sizes) {
        return new Choice(
                "size", Arrays.stream(sizes).<Value>mapToObj(Value.Whole::new).toList(), true);
    }

    private static List<Double> probabilities(CmaEs learned, Choice choice) {
        SearchSpace other = SearchSpace.of(A, choice);
        Config start = other.decode(new double[] {0.5, 1.5 / choice.options().size()});
        return learned.movedTo(other, Prior.flat(other, start))
                .state()
                .categories()
                .get(0)
                .probabilities();
    }

    private static Prior centre(SearchSpace space) {
        double[] middle = new double[space.size()];
        Arrays.fill(middle, 0.5);
        return Prior.flat(space, space.decode(middle));
    }

    /** In the middle of a search for a turned and stretched valley, a generation under way. */
    private static CmaEs learned(SearchSpace space, CmaSettings settings, long seed, int trials) {
        CmaEs cma = CmaEs.start(space, centre(space).centre(), settings, seed);
        for (int i = 0; i < trials; i++) {
            Config config = cma.ask();
            cma.tell(config, loss(space, config));
        }
        cma.ask();
        return cma;
    }

    private static double loss(SearchSpace space, Config config) {
        double[] x = space.encode(config);
        double loss = 0;
        double before = 0;
        for (int i = 0; i < x.length; i++) {
            double z = x[i] - 0.4 + 0.7 * before;
            loss += (1 + 3 * i) * z * z;
            before = x[i] - 0.4;
        }
        return loss;
    }

    /** Mean and covariance of these axes agree. */
    private static void assertSame(OptimizerState.CmaEs one, OptimizerState.CmaEs other, List<String> axes) {
        assertThat(other.sigma()).isEqualTo(one.sigma());
        for (String name : axes) {
            int i = one.axes().indexOf(name);
            int k = other.axes().indexOf(name);
            assertThat(other.mean().get(k))
                    .as("mean of %s", name)
                    .isCloseTo(one.mean().get(i), CLOSE);
            for (String second : axes) {
                double element = one.covariance().element(i, one.axes().indexOf(second));
                assertThat(other.covariance().element(k, other.axes().indexOf(second)))
                        .as("covariance of %s and %s", name, second)
                        .isCloseTo(element, within(1e-9 * Math.max(1, Math.abs(element))));
            }
        }
    }

    private static double deviation(OptimizerState.CmaEs state, String name) {
        int i = state.axes().indexOf(name);
        return state.sigma() * Math.sqrt(state.covariance().element(i, i));
    }

    private static double correlation(OptimizerState.CmaEs state, String one, String other) {
        double both = state.covariance()
                .element(state.axes().indexOf(one), state.axes().indexOf(other));
        return both * state.sigma() * state.sigma() / (deviation(state, one) * deviation(state, other));
    }

    private static double length(List<Double> vector) {
        return Vectors.norm(Vectors.array(vector));
    }
}
