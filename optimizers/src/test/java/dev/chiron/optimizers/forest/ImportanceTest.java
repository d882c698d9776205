package dev.chiron.optimizers.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.forest.Importance.Share;
import dev.chiron.optimizers.importance.Case;
import dev.chiron.optimizers.importance.GoldenStudy;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("x", 0, 1, false),
            new Parameter.Real("y", 0, 1, false),
            new Parameter.Choice(
                    "kind",
                    List.of("a", "b", "c").stream().map(ImportanceTest::text).toList(),
                    false),
            new Parameter.Real("idle", 0, 1, false));

    private static dev.chiron.optimizers.space.Value text(String text) {
        return dev.chiron.optimizers.space.Value.of(text);
    }

    private static List<Case> cases(SearchSpace space, int count, ToDoubleFunction<double[]> loss) {
        SplitMix random = new SplitMix(7);
        List<Case> cases = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double[] point = new double[space.size()];
            for (int i = 0; i < point.length; i++) {
                point[i] = random.nextDouble();
            }
            Config config = space.decode(point);
            cases.add(new Case(config, loss.applyAsDouble(space.encode(config))));
        }
        return cases;
    }

    private static double of(Importance importance, String name) {
        return importance.shares().stream()
                .filter(share -> share.parameter().equals(name))
                .mapToDouble(Share::mean)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAloneDecidesHasNearlyAll() {
        Importance importance = Importance.of(SPACE, cases(SPACE, 200, point -> point[0]), 1);
        assertThat(of(importance, "x")).isGreaterThan(0.85);
        assertThat(of(importance, "y")).isLessThan(0.05);
        assertThat(of(importance, "kind")).isLessThan(0.05);
        assertThat(importance.explained()).isGreaterThan(0.8);
    }

    @Test
    void anUnorderedChoiceIsSeenAsOne() {
        Importance importance = Importance.of(
                SPACE, cases(SPACE, 200, point -> point[2] > 0.3 && point[2] < 0.6 ? 0 : 1 + point[0]), 1);
        assertThat(of(importance, "kind")).isGreaterThan(of(importance, "x")).isGreaterThan(0.4);
    }

    /** Optuna has .97, .03 and less than .01 for x, y and the others: of the losses themselves, and of y without its logarithm. */
    @Test
    void optunasGoldenStudyHasTheSameOrder() {
        for (int count : new int[] {30, 100}) {
            Importance importance = Importance.of(GoldenStudy.SPACE, GoldenStudy.cases(count), 0);
            assertThat(of(importance, "x")).isGreaterThan(2 * of(importance, "y"));
            assertThat(of(importance, "y")).isGreaterThan(of(importance, "k")).isGreaterThan(of(importance, "c"));
        }
    }

    /** The numbers of docs/papers.md. */
    @Test
    void ofRanksLessIsAlone() {
        for (int seed = 0; seed < 3; seed++) {
            Importance importance = Importance.of(GoldenStudy.SPACE, GoldenStudy.cases(100), seed);
            assertThat(of(importance, "x")).isBetween(0.415, 0.455);
            assertThat(of(importance, "y")).isBetween(0.115, 0.135);
            assertThat(of(importance, "k")).isBetween(0.015, 0.055);
            assertThat(of(importance, "c")).isBetween(0.015, 0.055);
        }
    }

    @Test
    void partsThatAddUpShareByTheirVariance() {
        // x has twice the slope of y: four times its variance
        Importance importance = Importance.of(SPACE, cases(SPACE, 1000, point -> 2 * point[0] + point[1]), 1);
        assertThat(of(importance, "x") / of(importance, "y")).isBetween(2.5, 6.0);
        double sum = importance.shares().stream().mapToDouble(Share::mean).sum();
        assertThat(sum).isBetween(0.7, 1.0);
    }

    @Test
    void noiseAloneIsToldByWhatIsExplained() {
        SplitMix noise = new SplitMix(3);
        Importance importance = Importance.of(SPACE, cases(SPACE, 200, point -> noise.nextDouble()), 1);
        assertThat(importance.explained()).isLessThan(0.1);
    }

    @Test
    void anAbsurdLossDecidesNothing() {
        List<Case> cases = cases(SPACE, 100, point -> point[0]);
        Importance before = Importance.of(SPACE, cases, 1);
        List<Case> absurd = new ArrayList<>(cases);
        absurd.set(3, new Case(cases.get(3).config(), 1e300));
        assertThat(of(Importance.of(SPACE, absurd, 1), "x")).isCloseTo(of(before, "x"), within(0.2));
    }

    @Test
    void theSameSeedSaysTheSame() {
        List<Case> cases = cases(SPACE, 50, point -> point[0] * point[1]);
        assertThat(Importance.of(SPACE, cases, 5)).isEqualTo(Importance.of(SPACE, cases, 5));
        assertThat(Importance.of(SPACE, cases, 5)).isNotEqualTo(Importance.of(SPACE, cases, 6));
    }

    @Test
    void equalLossesGiveNothingToAnyone() {
        Importance importance = Importance.of(SPACE, cases(SPACE, 30, point -> 1), 1);
        assertThat(importance.shares())
                .allSatisfy(share -> assertThat(share.mean()).isZero());
        assertThat(importance.explained()).isZero();
    }

    @Test
    void aFixedParameterHasNone() {
        SearchSpace space =
                SearchSpace.of(new Parameter.Real("x", 0, 1, false), new Parameter.Real("stuck", 2, 2, false));
        Importance importance = Importance.of(space, cases(space, 40, point -> point[0]), 1);
        assertThat(of(importance, "stuck")).isZero();
        assertThat(of(importance, "x")).isCloseTo(1, within(1e-9));
    }

    @Test
    void tooFewTrialsAreRefused() {
        assertThat(Importance.needed(SPACE)).isEqualTo(10);
        assertThatThrownBy(() -> Importance.of(SPACE, cases(SPACE, 9, point -> point[0]), 1))
                .hasMessage("9 trials, but 10 are needed");
    }
}
