package dev.chiron.optimizers.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pruner against Optuna's, on the same forty curves, one run after the other; then what the vectors leave open. */
class PrunersTest {

    private static final int RUNS = 40;

    private static double fraction(double number) {
        return number - Math.floor(number);
    }

    /** The loss of a run at a step: no random numbers, so that any language has the same. */
    private static double loss(double run, double step) {
        return fraction((run + 1) * 0.6180339887498949)
                + fraction((run + 1) * 0.7548776662466927) / step
                + 0.5 * fraction((run + 1) * 0.5698402909980532 * step);
    }

    private static Pruner named(String name) {
        Timing always = Timing.ALWAYS;
        return switch (name) {
            case "median" -> new Percentile(50, 5, always, 1);
            case "median startup 2 warmup 4 interval 5" -> new Percentile(50, 2, new Timing(4, 5), 1);
            case "percentile 25" -> new Percentile(25, 5, always, 1);
            case "percentile 80 startup 1 least 3" -> new Percentile(80, 1, always, 3);
            case "halving 1 4" -> new SuccessiveHalving(4, OptionalDouble.of(1), 0);
            case "halving 2 3" -> new SuccessiveHalving(3, OptionalDouble.of(2), 0);
            case "halving 1 2 skipped 1" -> new SuccessiveHalving(2, OptionalDouble.of(1), 1);
            case "hyperband 1 28 3" -> new Hyperband("hb", 1, OptionalDouble.of(28), 3);
            case "hyperband 1 9 2" -> new Hyperband("hb", 1, OptionalDouble.of(9), 2);
            case "patient 3 median" -> new Patient(Optional.of(named("median")), 3, 0);
            case "patient 2" -> new Patient(Optional.empty(), 2, 0.1);
            case "threshold" -> new Threshold(Double.NEGATIVE_INFINITY, 1.3, new Timing(3, 2));
            case "wilcoxon 0.1 2" -> new Wilcoxon(0.1, 2);
            case "wilcoxon 0.05 6" -> new Wilcoxon(0.05, 6);
            default -> throw new AssertionError(name);
        };
    }

    private static List<Integer> steps(String text) {
        return switch (text) {
            case "1..27" -> IntStream.rangeClosed(1, 27).boxed().toList();
            case "every seventh" ->
                IntStream.range(0, 27).map(i -> 7 * i % 27 + 1).boxed().toList();
            default -> Stream.of(text.split(" ")).map(Integer::valueOf).toList();
        };
    }

    static List<String> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(PrunersTest.class.getResourceAsStream("/prune/stopped.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** Where each run is stopped, 0 for never; what is known of a run that has ended is only what the pruner wants kept. */
    private static List<Integer> stopped(Pruner pruner, List<Integer> steps, int runs, DoubleBinaryOperator losses) {
        Past past = Past.NONE;
        List<Integer> stopped = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            Curve curve = new Curve();
            int end = 0;
            for (int i = 0; i < steps.size() && end == 0; i++) {
                int step = steps.get(i);
                curve.add(step, losses.applyAsDouble(run, step));
                end = pruner.decide(run, curve, past) instanceof Decision.Stop ? step : 0;
            }
            stopped.add(end);
            double value = pruner instanceof Wilcoxon ? curve.mean() : curve.lastLoss();
            past = past.with(new Past.Ended(
                    run, pruner.kept(curve, past), end > 0 ? OptionalDouble.empty() : OptionalDouble.of(value)));
        }
        return stopped;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void stopsWhereOptunaDoes(String vector) {
        String[] parts = vector.split("\\|");
        List<Integer> expected =
                Stream.of(parts[2].split(" ")).map(Integer::valueOf).toList();
        assertThat(stopped(named(parts[0]), steps(parts[1]), RUNS, PrunersTest::loss))
                .isEqualTo(expected);
    }

    /** The table of algorithms.md: budgets in proportion, and the brackets of the first ten runs of a study named hb. */
    @Test
    void hyperbandsBracketsAreOptunas() {
        assertThat(brackets(1, 81, 3)).isEqualTo("[81, 34, 15, 8, 5] [0, 1, 0, 3, 0, 0, 0, 1, 1, 1]");
        assertThat(brackets(1, 16, 4)).isEqualTo("[16, 6, 3] [0, 0, 0, 0, 0, 1, 1, 1, 0, 0]");
        assertThat(brackets(1, 100, 3)).isEqualTo("[81, 34, 15, 8, 5] [0, 1, 0, 3, 0, 0, 0, 1, 1, 1]");
        assertThat(brackets(5, 60, 3)).isEqualTo("[9, 5, 3] [0, 0, 2, 2, 1, 1, 1, 2, 1, 0]");
        assertThat(brackets(1, 243, 3)).startsWith("[243, "); // where the logarithm falls short of 5
        assertThat(brackets(5, 2, 3)).startsWith("[1] ");
    }

    private static String brackets(double grace, double high, int reduction) {
        Hyperband hyperband = new Hyperband("hb", grace, OptionalDouble.of(high), reduction);
        int[] weights = hyperband.weights(high);
        return Arrays.toString(weights) + " "
                + IntStream.range(0, 10)
                        .map(run -> hyperband.bracket(run, weights))
                        .boxed()
                        .toList();
    }

    /**
     * What is not given follows from the first run that was measured: a hundredth of its length, and its length. Optuna leaves no values of
     * that run at the rungs, which it did not know yet; here they count.
     */
    @Test
    void whatIsNotGivenFollowsFromTheFirstWholeRun() {
        List<Integer> short27 = steps("1..27");
        assertThat(stopped(new SuccessiveHalving(4, OptionalDouble.empty(), 0), short27, RUNS, PrunersTest::loss))
                .isEqualTo(stopped(named("halving 1 4"), short27, RUNS, PrunersTest::loss));
        List<Integer> long320 = IntStream.rangeClosed(1, 320).boxed().toList();
        assertThat(stopped(new SuccessiveHalving(4, OptionalDouble.empty(), 0), long320, RUNS, PrunersTest::loss))
                .isEqualTo(
                        stopped(new SuccessiveHalving(4, OptionalDouble.of(3), 0), long320, RUNS, PrunersTest::loss));
        assertThat(stopped(new Hyperband("hb", 1, OptionalDouble.empty(), 3), short27, RUNS, PrunersTest::loss))
                .isEqualTo(stopped(named("hyperband 1 28 3"), short27, RUNS, PrunersTest::loss));
        Past failed = Past.NONE.with(new Past.Ended(0, curve(1, 2, 3), OptionalDouble.empty()));
        assertThat(new SuccessiveHalving(4, OptionalDouble.empty(), 0).decide(1, curve(9), failed))
                .isEqualTo(Decision.GO_ON);
    }

    /** SciPy 1.10.1, zero_method="zsplit". */
    @Test
    void theSignedRankTestIsSciPys() {
        double[] eight = {-.0020, -.0011, .0003, -.0025, -.0007, -.0016, .0005, -.0031};
        double[] ties = {.5, -.2, .1, 0, .7, .3, -.1, .4, .6, .2, 0, .8};
        double[] sixty = IntStream.range(0, 60)
                .mapToDouble(i -> fraction((i + 1) * 0.6180339887498949) - 0.4)
                .toArray();
        assertThat(SignedRank.pLess(eight)).isEqualTo(0.01953125);
        assertThat(SignedRank.pLess(ties)).isEqualTo(0.9873995147195422, within(1e-12));
        assertThat(SignedRank.pLess(Arrays.stream(ties).map(d -> -d).toArray()))
                .isEqualTo(0.012600485280457723, within(1e-12));
        assertThat(SignedRank.pLess(sixty)).isEqualTo(0.9919632905865803, within(1e-12));
        assertThat(SignedRank.pLess(new double[] {0, 0})).isEqualTo(0.5, within(1e-12));
        assertThat(SignedRank.pLess(new double[] {1, 0})).isEqualTo(0.8144533152386513, within(1e-12));
    }

    @Test
    void aRunThatReportsNoNumberIsStoppedByThoseThatNeedOne() {
        Past past = Past.NONE;
        for (int run = 0; run < 5; run++) {
            past = past.with(new Past.Ended(run, curve(0.5, 0.25), OptionalDouble.of(0.25)));
        }
        Curve nan = curve(Double.NaN, Double.NaN);
        assertThat(List.of(
                        named("median").decide(5, nan, past),
                        named("halving 1 2 skipped 1").decide(5, nan, past),
                        new Threshold(0, 1, Timing.ALWAYS).decide(5, nan, past)))
                .allSatisfy(decision -> assertThat(decision).isInstanceOf(Decision.Stop.class));
        assertThat(List.of(
                        named("patient 2").decide(5, nan, past),
                        named("wilcoxon 0.1 2").decide(5, nan, past)))
                .containsOnly(Decision.GO_ON);
        // one number among them is enough for the best so far
        assertThat(named("median").decide(5, curve(0.125, Double.NaN), past)).isEqualTo(Decision.GO_ON);
    }

    /** Bounds are the metric's, and are turned where high values are good. */
    @Test
    void theThresholdTurnsWithTheGoal() {
        for (Goal goal : Goal.values()) {
            Objective objective = new Objective("acc", goal);
            Threshold threshold =
                    Threshold.of(objective, OptionalDouble.of(0.2), OptionalDouble.of(0.9), Timing.ALWAYS);
            assertThat(List.of(0.1, 0.2, 0.9, 0.95))
                    .extracting(value ->
                            threshold.decide(1, curve(objective.loss(value)), Past.NONE) instanceof Decision.Stop)
                    .containsExactly(true, false, false, true);
        }
        assertThat(Threshold.of(
                        new Objective("acc", Goal.MAXIMIZE),
                        OptionalDouble.of(0.2),
                        OptionalDouble.empty(),
                        Timing.ALWAYS))
                .isEqualTo(new Threshold(Double.NEGATIVE_INFINITY, -0.2, Timing.ALWAYS));
    }

    @Test
    void aDecisionSaysWhatItWasHeldAgainst() {
        Past past = Past.NONE;
        for (int run = 0; run < 3; run++) {
            past = past.with(new Past.Ended(run, curve(0.5 + run), OptionalDouble.of(run)));
        }
        assertThat(new Percentile(50, 1, Timing.ALWAYS, 1).decide(3, curve(2), past))
                .isEqualTo(new Decision.Stop(2, 1.5, "the median of 3 runs there"));
        assertThat(new Percentile(25, 1, Timing.ALWAYS, 1).decide(3, curve(2), past))
                .isEqualTo(new Decision.Stop(2, 1, "percentile 25 of 3 runs there"));
        assertThat(new SuccessiveHalving(2, OptionalDouble.of(1), 0).decide(3, curve(2), past))
                .isEqualTo(new Decision.Stop(2, 1.5, "what it took to be among the best 2 of 4 at this rung"));
    }

    /** What is kept is little, and enough: with curves of thousands of values the decisions stay what they are. */
    @Test
    void littleIsKeptOfALongCurve() {
        List<Integer> steps = IntStream.rangeClosed(1, 3000).boxed().toList();
        Curve whole = new Curve();
        steps.forEach(step -> whole.add(step, loss(0, step)));
        Past past = Past.NONE.with(new Past.Ended(0, whole, OptionalDouble.of(1)));
        Curve halving = new SuccessiveHalving(4, OptionalDouble.of(1), 0).kept(whole, past);
        assertThat(halving.size()).isEqualTo(7); // 1, 4, 16, 64, 256, 1024 and the last
        assertThat(halving.lastStep()).isEqualTo(3000);
        assertThat(new Patient(Optional.empty(), 2, 0).kept(whole, past).size()).isEqualTo(1);
        Curve thin = named("median").kept(whole, past);
        assertThat(thin.size()).isBetween(128, Percentile.KEPT + 1);
        assertThat(IntStream.range(0, thin.size() - 1).mapToObj(thin::step)).allMatch(step -> step % 16 == 1);
        for (String name : List.of("halving 2 3", "hyperband 1 28 3")) {
            Pruner pruner = named(name);
            assertThat(stopped(pruner, steps, 12, PrunersTest::loss))
                    .as(name)
                    .isEqualTo(stopped(keepingAll(pruner), steps, 12, PrunersTest::loss));
        }
    }

    private static Pruner keepingAll(Pruner pruner) {
        return new Pruner() {
            @Override
            public Decision decide(int number, Curve curve, Past past) {
                return pruner.decide(number, curve, past);
            }

            @Override
            public Curve kept(Curve whole, Past past) {
                return whole;
            }
        };
    }

    private static Curve curve(double... losses) {
        Curve curve = new Curve();
        for (int i = 0; i < losses.length; i++) {
            curve.add(i + 1, losses[i]);
        }
        return curve;
    }
}
