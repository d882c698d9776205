package dev.chiron.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every optimizer keeps. */
public abstract class OptimizerContract {

    private final List<Optimizer> opened = new ArrayList<>();

    protected abstract Optimizer start(SearchSpace space, Config baseline, long seed);

    protected abstract Optimizer resume(SearchSpace space, OptimizerState state);

    /** How far below the median of random search the sphere in 3 dimensions has to be after 200 trials. */
    protected abstract double sphereAfter200();

    protected void close(Optimizer optimizer) {}

    @AfterEach
    void closeAll() {
        opened.forEach(this::close);
    }

    protected static final SearchSpace EVERYTHING = new SearchSpace(
            List.of(
                    new Parameter.Real("rate", 1e-5, 1e-1, true),
                    new Parameter.Real("decay", 0, 0.3, false),
                    new Parameter.Whole("depth", 2, 24),
                    new Parameter.Whole("batch", 16, 256, false, 1, true),
                    new Parameter.Whole("total", 256, 65536, false, 1, true),
                    new Parameter.Whole("width", 64, 640, true, 64, false),
                    new Choice("size", List.of(Value.of("s"), Value.of("m"), Value.of("l")), true),
                    new Choice("bias", List.of(Value.of(true), Value.of(false)), false),
                    Choice.of("act", "relu", "gelu", "silu", "tanh")),
            List.of(Constraint.parse("total >= batch * 64"), Constraint.parse("depth * width <= 9600")));

    /** Conditions on options, flags and numbers, one under another, and a constraint on what is not always active. */
    protected static final SearchSpace CONDITIONAL = new SearchSpace(
            List.of(
                    new Parameter.Real("damping", 0, 0.9, false),
                    Choice.of("method", "sgd", "adam", "none"),
                    new Parameter.Real("momentum", 0, 0.99, false),
                    new Choice("nesterov", List.of(Value.of(false), Value.of(true)), false),
                    new Parameter.Real("beta", 0.9, 0.9999, false),
                    new Parameter.Whole("depth", 1, 4),
                    new Parameter.Whole("width2", 16, 256, false, 1, true),
                    new Parameter.Whole("width3", 16, 256, true, 16, false),
                    Choice.of("act", "relu", "gelu", "silu")),
            List.of(Constraint.parse("width2 * depth <= 512")),
            List.of(
                    new Condition("damping", "nesterov", List.of(Value.of(true))),
                    new Condition("momentum", "method", List.of(Value.of("sgd"))),
                    new Condition("nesterov", "method", List.of(Value.of("sgd"))),
                    new Condition("beta", "method", List.of(Value.of("adam"))),
                    new Condition("width2", "depth", List.of(Value.of(2L), Value.of(3L), Value.of(4L))),
                    new Condition("width3", "depth", List.of(Value.of(3L), Value.of(4L))),
                    new Condition("act", "method", List.of(Value.of("adam"), Value.of("none"))),
                    new Condition("act", "depth", List.of(Value.of(2L), Value.of(3L), Value.of(4L)))));

    protected static final SearchSpace ONE = SearchSpace.of(new Parameter.Real("x", -1, 3, false));
    protected static final SearchSpace CHOICES =
            SearchSpace.of(Choice.of("a", "p", "q", "r"), Choice.of("b", "u", "v"));
    protected static final SearchSpace WIDE = wide(100);
    private static final SearchSpace WIDEST = wide(500);

    private static final SearchSpace PARTLY_FIXED = SearchSpace.of(
            new Parameter.Real("x", -1, 3, false),
            new Parameter.Real("rate", 1e-3, 1e-3, true),
            new Parameter.Whole("depth", 8, 8),
            new Parameter.Whole("batch", 64, 64, false, 1, true),
            new Choice("size", List.of(Value.of("m")), true),
            Choice.of("act", "relu"),
            Choice.of("norm", "layer", "batch", "none"));

    private static final SearchSpace POINT = SearchSpace.of(
            new Parameter.Real("zero", 0, 0, false), new Parameter.Whole("one", 1, 1), Choice.of("a", "b"));

    static List<SearchSpace> spaces() {
        return List.of(EVERYTHING, CONDITIONAL, ONE, CHOICES, WIDE);
    }

    /** Steps that are wide against the low end of a logarithmic scale. */
    private static final SearchSpace WIDE_STEPS = SearchSpace.of(
            new Parameter.Whole("a", 1, 129, true, 64, false), new Parameter.Whole("b", 1, 99, true, 2, false));

    private static final SearchSpace FOUR_POINTS = new SearchSpace(
            List.of(new Parameter.Whole("a", 1, 30), new Parameter.Whole("b", 1, 30), new Parameter.Whole("c", 1, 30)),
            List.of(Constraint.parse("a * a + b * b == c * c"), Constraint.parse("a + b + c == 60")));

    static List<SearchSpace> degenerate() {
        return List.of(PARTLY_FIXED, POINT, WIDE_STEPS);
    }

    private static SearchSpace wide(int size) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            parameters.add(new Parameter.Real("x" + i, 0, 1, false));
        }
        return new SearchSpace(parameters, List.of());
    }

    protected static Config baseline(SearchSpace space) {
        double[] point = new double[space.size()];
        for (int i = 0; i < point.length; i++) {
            point[i] = 0.4;
        }
        return space.repair(space.decode(point)).orElseThrow();
    }

    protected Optimizer opened(SearchSpace space, long seed) {
        Optimizer optimizer = start(space, baseline(space), seed);
        opened.add(optimizer);
        return optimizer;
    }

    protected Optimizer reopened(SearchSpace space, OptimizerState state) {
        Optimizer optimizer = resume(space, state);
        opened.add(optimizer);
        return optimizer;
    }

    /** Step {@code k} of a study in which asked points, points from elsewhere and failures mix; gives what was asked. */
    private static Config step(Optimizer optimizer, SearchSpace space, int k) {
        Config asked = optimizer.ask();
        SplitMix random = new SplitMix(k * 31L);
        Config run = k % 3 == 2 ? RandomSearch.draw(space, random).orElseThrow() : asked;
        if (random.nextDouble() < 0.25) {
            optimizer.tellInfeasible(run);
        } else {
            optimizer.tell(run, loss(space, run));
        }
        return asked;
    }

    protected static double loss(SearchSpace space, Config config) {
        double sum = 0;
        for (double u : space.encode(config)) {
            sum += (u - 0.7) * (u - 0.7);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyAskLiesInTheSpaceAndKeepsItsConstraints(SearchSpace space) {
        Optimizer optimizer = opened(space, 1);
        for (int k = 0; k < 150; k++) {
            Config asked = step(optimizer, space, k);
            assertThat(space.contains(asked)).isTrue();
            assertThat(space.broken(asked)).isEmpty();
            assertThat(space.decode(space.encode(asked))).isEqualTo(asked);
        }
    }

    @ParameterizedTest
    @MethodSource("degenerate")
    void whatHasOnlyOneValueKeepsIt(SearchSpace space) {
        Optimizer optimizer = opened(space, 1);
        for (int k = 0; k < 60; k++) {
            OptimizerState before = optimizer.state();
            Config asked = step(optimizer, space, k);
            assertThat(space.contains(asked)).isTrue();
            Optimizer resumed = reopened(space, before);
            assertThat(step(resumed, space, k)).isEqualTo(asked);
            close(resumed);
        }
    }

    @ParameterizedTest
    @MethodSource("degenerate")
    void degenerateSpacesSurviveFailuresAndExtremes(SearchSpace space) {
        Optimizer optimizer = opened(space, 1);
        for (int k = 0; k < 60; k++) {
            Optional<Config> asked = optimizer.ask(config -> true);
            if (k % 3 == 0) {
                asked.ifPresent(optimizer::tellInfeasible);
            } else {
                double loss = k % 3 == 1 ? 1e300 : -k;
                asked.ifPresent(config -> optimizer.tell(config, loss));
            }
        }
        assertThat(optimizer.ask(config -> false)).isEmpty();
    }

    @Test
    void fiveHundredDimensionsAreTaken() {
        Optimizer optimizer = opened(WIDEST, 1);
        for (int k = 0; k < 50; k++) {
            assertThat(WIDEST.contains(step(optimizer, WIDEST, k))).isTrue();
        }
    }

    @Test
    void whatLiesOutsideTheSpaceTeachesNothing() {
        Optimizer optimizer = opened(EVERYTHING, 6);
        for (int k = 0; k < 30; k++) {
            step(optimizer, EVERYTHING, k);
        }
        OptimizerState before = optimizer.state();
        Config inside = baseline(EVERYTHING);
        for (Config outside : List.of(
                inside.with("decay", Value.of(0.4)),
                inside.with("depth", Value.of(1L)),
                inside.with("act", Value.of("swish")),
                inside.with("rate", Value.of("fast")),
                inside.with("other", Value.of(1.0)),
                Config.of(Map.of("x", Value.of(0.5))))) {
            optimizer.tell(outside, -1e6);
            optimizer.tellPruned(outside, 3, -1e6);
            optimizer.tellInfeasible(outside);
        }
        assertThat(optimizer.state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void theSameSeedAsksTheSame(SearchSpace space) {
        Optimizer one = opened(space, 7);
        Optimizer other = opened(space, 7);
        Optimizer third = opened(space, 8);
        List<Config> ones = new ArrayList<>();
        List<Config> thirds = new ArrayList<>();
        for (int k = 0; k < 60; k++) {
            ones.add(step(one, space, k));
            thirds.add(step(third, space, k));
            assertThat(step(other, space, k)).isEqualTo(ones.get(k));
            assertThat(other.state()).isEqualTo(one.state()).hasSameHashCodeAs(one.state());
        }
        assertThat(thirds).isNotEqualTo(ones);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void resumedAtAnyMomentItGoesOnAsIfNeverStopped(SearchSpace space) {
        int length = space.size() > 50 ? 70 : 140;
        Optimizer whole = opened(space, 3);
        List<Config> asked = new ArrayList<>();
        List<OptimizerState> states = new ArrayList<>();
        for (int k = 0; k < length; k++) {
            states.add(whole.state());
            asked.add(step(whole, space, k));
        }
        for (int k = 0; k < length; k += space.size() > 50 ? 10 : 1) {
            Optimizer resumed = reopened(space, states.get(k));
            assertThat(resumed.state()).isEqualTo(states.get(k));
            int followed =
                    k % 10 == 0 ? 40 : 4; // what is kept beside the state and made anew only now and then shows late
            for (int later = k; later < Math.min(length, k + followed); later++) {
                assertThat(resumed.state()).isEqualTo(states.get(later));
                assertThat(step(resumed, space, later)).isEqualTo(asked.get(later));
            }
            close(resumed);
        }
    }

    @Test
    void resumedBetweenAskAndTellItKnowsWhatItAsked() {
        Optimizer whole = opened(EVERYTHING, 5);
        for (int k = 0; k < 50; k++) {
            Config first = whole.ask();
            Config second = whole.ask();
            Optimizer resumed = reopened(EVERYTHING, whole.state());
            for (Optimizer optimizer : List.of(whole, resumed)) {
                optimizer.tell(second, k % 7);
                optimizer.tellInfeasible(first);
            }
            assertThat(resumed.state()).isEqualTo(whole.state());
            close(resumed);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLossThatIsNotFiniteIsRefusedAndChangesNothing(double loss) {
        Optimizer optimizer = opened(EVERYTHING, 2);
        Config asked = optimizer.ask();
        OptimizerState before = optimizer.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.tell(asked, loss))
                .withMessageContaining("finite");
        assertThat(optimizer.state()).isEqualTo(before);
    }

    @Test
    void itFindsItsWayDownTheSphere() {
        Synthetic sphere = Synthetic.sphere(3);
        Optimizer optimizer = start(sphere.space(), sphere.centre(), 11);
        opened.add(optimizer);
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 200; k++) {
            Config config = optimizer.ask();
            optimizer.tell(config, sphere.value(config));
            best = Math.min(best, sphere.value(config));
        }
        assertThat(best).isLessThan(sphereAfter200());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itSurvivesWhenEverythingFails(SearchSpace space) {
        Optimizer optimizer = opened(space, 4);
        for (int k = 0; k < 300; k++) {
            Config asked = optimizer.ask();
            assertThat(space.broken(asked)).isEmpty();
            optimizer.tellInfeasible(asked);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itSurvivesFailuresAfterABaselineThatWorks(SearchSpace space) {
        Optimizer optimizer = opened(space, 4);
        optimizer.tell(baseline(space), 1);
        for (int k = 0; k < 300; k++) {
            Config asked = optimizer.ask();
            assertThat(space.problems(asked.values())).isEmpty();
            optimizer.tellInfeasible(asked);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -5, 1e300, -1e300, Double.MIN_VALUE, Double.MAX_VALUE})
    void itSurvivesConstantLosses(double loss) {
        for (SearchSpace space : List.of(EVERYTHING, ONE, CHOICES)) {
            Optimizer optimizer = opened(space, 4);
            for (int k = 0; k < 400; k++) {
                Config asked = optimizer.ask();
                assertThat(space.problems(asked.values())).isEmpty();
                optimizer.tell(asked, loss);
            }
        }
    }

    @Test
    void itSurvivesLossesOfEverySize() {
        Optimizer optimizer = opened(EVERYTHING, 4);
        for (int k = 0; k < 400; k++) {
            Config asked = optimizer.ask();
            assertThat(EVERYTHING.broken(asked)).isEmpty();
            optimizer.tell(asked, (k % 2 == 0 ? 1 : -1) * Math.pow(10, k % 309) * 0.9);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void itSurvivesOnePointToldAgainAndAgain(SearchSpace space) {
        Optimizer optimizer = opened(space, 4);
        Config corner = space.repair(space.decode(new double[space.size()])).orElseThrow();
        for (int k = 0; k < 300; k++) {
            optimizer.ask();
            optimizer.tell(corner, -3);
        }
        assertThat(space.problems(optimizer.ask().values())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void whatIsNotWantedIsNotAskedFor(SearchSpace space) {
        Optimizer optimizer = opened(space, 4);
        Set<Config> known = new HashSet<>(List.of(baseline(space)));
        optimizer.tell(baseline(space), 1);
        for (int k = 0; k < 60; k++) {
            Optional<Config> asked = optimizer.ask(config -> !known.contains(config));
            if (asked.isEmpty()) {
                assertThat(space).isEqualTo(CHOICES); // six configs, soon all known
                continue;
            }
            assertThat(known.add(asked.get())).isTrue();
            assertThat(space.broken(asked.get())).isEmpty();
            optimizer.tell(asked.get(), loss(space, asked.get()));
        }
        assertThat(optimizer.ask(config -> false)).isEmpty();
    }

    @Test
    void withdrawnItIsAsIfItHadNotBeenAskedFor() {
        Optimizer optimizer = opened(EVERYTHING, 4);
        for (int k = 0; k < 40; k++) {
            step(optimizer, EVERYTHING, k);
            Config asked = optimizer.ask();
            optimizer.withdraw(asked);
            optimizer.withdraw(asked);
            Optimizer resumed = reopened(EVERYTHING, optimizer.state());
            assertThat(resumed.state()).isEqualTo(optimizer.state());
            close(resumed);
        }
    }

    /** Several run at once: what was asked for and not told is accounted for, so that the next is none of them, nor next to one. */
    @Test
    void askedInARowTheyAreApart() {
        Synthetic sphere = Synthetic.sphere(3);
        Optimizer optimizer = start(sphere.space(), sphere.centre(), 11);
        opened.add(optimizer);
        for (int k = 0; k < 16; k++) {
            Config config = optimizer.ask();
            optimizer.tell(config, sphere.value(config));
        }
        List<Config> running = new ArrayList<>();
        for (int k = 0; k < 8 && asksAhead(); k++) {
            Config asked = optimizer.ask(config -> !running.contains(config)).orElseThrow();
            for (Config other : running) {
                assertThat(apart(sphere.space(), asked, other)).isGreaterThan(NEXT_TO);
            }
            running.add(asked);
            optimizer.expect(asked);
        }
        for (Config config : running) {
            optimizer.tell(config, sphere.value(config));
        }
        assertThat(reopened(sphere.space(), optimizer.state()).state()).isEqualTo(optimizer.state());
    }

    /** Configs nearer to one another than this, in the unit cube, teach next to nothing beyond one of them. */
    private static final double NEXT_TO = 1e-4;

    private static double apart(SearchSpace space, Config one, Config other) {
        double[] here = space.encode(one);
        double[] there = space.encode(other);
        double sum = 0;
        for (int i = 0; i < here.length; i++) {
            sum += (here[i] - there[i]) * (here[i] - there[i]);
        }
        return Math.sqrt(sum);
    }

    /** Whether another can be asked for before the last is told. */
    protected boolean asksAhead() {
        return true;
    }

    @Test
    void whatOthersRunIsWaitedForUntilItIsToldOrWithdrawn() {
        Optimizer optimizer = opened(EVERYTHING, 6);
        Optimizer other = opened(EVERYTHING, 6);
        Config outside = baseline(EVERYTHING).with("decay", Value.of(0.4));
        for (int k = 0; k < 40; k++) {
            step(optimizer, EVERYTHING, k);
            step(other, EVERYTHING, k);
            Config run = RandomSearch.draw(EVERYTHING, new SplitMix(k + 1000L)).orElseThrow();
            optimizer.expect(run);
            optimizer.expect(run);
            optimizer.expect(outside);
            Optimizer resumed = reopened(EVERYTHING, optimizer.state());
            assertThat(resumed.state()).isEqualTo(optimizer.state());
            close(resumed);
            if (k % 2 == 0) {
                optimizer.tell(run, k % 5);
                other.tell(run, k % 5);
            } else {
                optimizer.withdraw(run);
            }
            assertThat(optimizer.state()).isEqualTo(other.state());
        }
    }

    @Test
    void whereConstraintsLeaveNextToNothingAnAskMayBeEmptyButDoesNotFail() {
        Optimizer optimizer = start(FOUR_POINTS, config(15, 20, 25), 1);
        opened.add(optimizer);
        optimizer.tell(config(15, 20, 25), 1);
        for (int k = 0; k < 15; k++) {
            Optional<Config> asked = optimizer.ask(config -> true);
            asked.ifPresent(config -> assertThat(FOUR_POINTS.broken(config)).isEmpty());
            asked.ifPresent(config -> optimizer.tell(config, 2));
        }
    }

    private static Config config(long a, long b, long c) {
        return FOUR_POINTS.config(Map.of("a", Value.of(a), "b", Value.of(b), "c", Value.of(c)));
    }

    @Test
    void constraintsThatNothingKeepsAreReportedInsteadOfSearchedForEver() {
        SearchSpace impossible =
                new SearchSpace(ONE.parameters(), List.of(Constraint.parse("x > 3"), Constraint.parse("x < 0")));
        Optimizer optimizer = start(impossible, Config.of(Map.of("x", Value.of(0.0))), 1);
        opened.add(optimizer);
        assertThatIllegalStateException().isThrownBy(optimizer::ask).withMessageContaining("constraints");
    }

    @Test
    void ratingChangesNothingAndPutsTheBottomOfABowlAboveItsRim() {
        Optimizer optimizer = start(ONE, ONE.decode(new double[] {0.9}), 5);
        for (int i = 0; i < 40; i++) {
            double place = (i + 0.5) / 40;
            optimizer.tell(ONE.decode(new double[] {place}), (place - 0.3) * (place - 0.3));
        }
        Config running = optimizer.ask();
        OptimizerState before = optimizer.state();
        List<Double> ratings =
                optimizer.rate(List.of(ONE.decode(new double[] {0.95}), ONE.decode(new double[] {0.301})));
        assertThat(optimizer.state()).isEqualTo(before);
        assertThat(ratings.isEmpty() || ratings.get(0) < ratings.get(1)).isTrue();
        optimizer.tell(running, 1);
    }
}
