package dev.chiron.optimizers.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against vectors made with Optuna 5.0.0: one mixture each, its weights, centres, widths and logarithms of density. */
class ParzenTest {

    private static final Offset<Double> EXACT = within(1e-9);

    /** A mixture along one axis, and its kernels to look at. */
    private record Line(Parzen parzen, LineKernels kernels, int observations) {
        static Line of(Scale scale, double... places) {
            Members members = new Members();
            LineKernels kernels = new LineKernels(scale, members, Bell.over(scale));
            Parzen parzen = new Parzen(List.of(kernels), members, 1);
            for (double place : places) {
                parzen.add(new double[] {place});
            }
            parzen.draw(new SplitMix(1)); // which fits them
            return new Line(parzen, kernels, places.length);
        }

        double[] centres() {
            return IntStream.rangeClosed(0, observations)
                    .mapToDouble(kernels::centre)
                    .toArray();
        }

        double[] widths() {
            return IntStream.rangeClosed(0, observations)
                    .mapToDouble(kernels::width)
                    .toArray();
        }
    }

    private static void assertDensity(Parzen parzen, double[] places, double... expected) {
        for (int i = 0; i < places.length; i++) {
            assertThat(parzen.logDensity(new double[] {places[i]}))
                    .as("at %s", places[i])
                    .isCloseTo(expected[i], EXACT);
        }
    }

    @Test
    void aRealNumber() {
        Line line = Line.of(Scale.continuous(0, 1, false), 0.1, 0.15, 0.5, 0.9);
        assertThat(line.centres()).containsExactly(0.1, 0.15, 0.5, 0.9, 0.5);
        assertThat(line.widths()).containsExactly(new double[] {0.166666666667, 0.35, 0.4, 0.4, 1.0}, EXACT);
        assertDensity(
                line.parzen(),
                new double[] {0.0, 0.12, 0.3, 0.5, 0.75, 1.0},
                0.176989183671,
                0.340501456993,
                0.161133521858,
                -0.0892311879695,
                -0.214412819688,
                -0.43468644392);
    }

    @Test
    void aRealNumberOnALogarithmicScale() {
        Line line = Line.of(Scale.continuous(1e-4, 1e-1, true), Math.log(0.001), Math.log(0.002), Math.log(0.05));
        assertThat(line.widths())
                .containsExactly(new double[] {1.3815510558, 3.21887582487, 3.21887582487, 6.90775527898}, EXACT);
        assertDensity(
                line.parzen(),
                new double[] {Math.log(0.0001), Math.log(0.001), Math.log(0.01), Math.log(0.1)},
                -2.41891052568,
                -1.70336086601,
                -1.94163156926,
                -2.22033063097);
    }

    @Test
    void aWholeNumber() {
        Line line = Line.of(Scale.discrete(1, 10, 1, false), 2, 3, 7);
        assertThat(line.widths()).containsExactly(new double[] {2, 4, 4, 10}, EXACT);
        assertDensity(
                line.parzen(),
                new double[] {1, 2, 5, 10},
                -2.10429883624,
                -1.9829116032,
                -2.23098102814,
                -2.88079978595);
    }

    @Test
    void aWholeNumberOnALogarithmicScale() {
        Line line = Line.of(Scale.discrete(1, 64, 1, true), Math.log(2), Math.log(16));
        assertThat(line.centres()).containsExactly(new double[] {0.69314718056, 2.77258872224, 1.73675902162}, EXACT);
        assertThat(line.widths()).containsExactly(new double[] {2.07944154168, 2.07944154168, 4.85981240436}, EXACT);
        assertDensity(
                line.parzen(),
                new double[] {0, Math.log(4), Math.log(16), Math.log(64)},
                -1.59818466761,
                -2.84822000075,
                -4.30239377145,
                -5.99803080431);
    }

    @Test
    void aNumberInSteps() {
        Line line = Line.of(Scale.discrete(0, 1, 0.25, false), 0.25, 0.5);
        assertThat(line.widths()).containsExactly(new double[] {0.3125, 0.3125, 1.25}, EXACT);
        assertDensity(line.parzen(), new double[] {0, 0.25, 1}, -1.69845050967, -1.32596086714, -2.26437659472);
    }

    @Test
    void anUnorderedChoice() {
        Members members = new Members();
        Parzen parzen = new Parzen(
                List.of(new OptionKernels(members, new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, 1)), members, 1);
        for (int option : new int[] {0, 0, 2}) {
            parzen.add(new double[] {option});
        }
        assertDensity(parzen, new double[] {0, 1, 2}, -0.741937344729, -1.6582280766, -1.09861228867);
    }

    @Test
    void twoAxesAreOneMixtureOfProducts() {
        Members members = new Members();
        Parzen parzen = new Parzen(
                List.of(
                        new LineKernels(Scale.continuous(0, 1, false), members, new Bell(0.5, 1)),
                        new OptionKernels(members, new double[] {0.5, 0.5}, 1)),
                members,
                1);
        parzen.add(new double[] {0.1, 0});
        parzen.add(new double[] {0.4, 1});
        parzen.add(new double[] {0.8, 1});
        assertThat(parzen.logDensity(new double[] {0.2, 0})).isCloseTo(-0.496705408643, EXACT);
        assertThat(parzen.logDensity(new double[] {0.5, 1})).isCloseTo(-0.414019297142, EXACT);
    }

    @Test
    void thirtyObservationsOfWhichTheOldestCountLess() {
        double[] places = new double[30];
        for (int i = 0; i < 30; i++) {
            double product = (i + 1) * 0.6180339887498949;
            places[i] = product - Math.floor(product);
        }
        Line line = Line.of(Scale.continuous(0, 1, false), places);
        double[] widths = line.widths();
        assertThat(widths[30]).isCloseTo(1, EXACT);
        List<Integer> wide = List.of(9, 10, 11, 17, 18, 19);
        for (int i = 0; i < 30; i++) {
            assertThat(widths[i]).isCloseTo(wide.contains(i) ? 0.0557280900008 : 0.0344418537486, EXACT);
        }
        double[] weights = Parzen.weights(30, 1);
        assertThat(weights[0]).isCloseTo(0.00116618075802, EXACT);
        assertThat(weights[1]).isCloseTo(0.00962099125364, EXACT);
        assertThat(weights[2]).isCloseTo(0.0180758017493, EXACT);
        assertThat(weights[3]).isCloseTo(0.0265306122449, EXACT);
        for (int i = 4; i <= 30; i++) {
            assertThat(weights[i]).isCloseTo(0.0349854227405, EXACT);
        }
        assertDensity(
                line.parzen(),
                new double[] {0, 0.25, 0.5, 1},
                -0.87754599084,
                0.038062517262,
                0.166200984025,
                -0.443954178488);
    }

    @Test
    void aMixtureThatHasChangedOftenIsTheOneMadeAtOnce() {
        SearchSpace space = new SearchSpace(
                List.of(
                        new Parameter.Real("rate", 1e-4, 1, true),
                        new Parameter.Whole("depth", 1, 8),
                        Parameter.Choice.of("kind", "a", "b", "c")),
                List.of());
        Axes axes = new Axes(space);
        Random random = new Random(5);
        Parzen changed = axes.mixture(new int[] {0, 1, 2}, Optional.empty(), 1);
        List<double[]> places = new ArrayList<>();
        List<Boolean> members = new ArrayList<>();
        for (int round = 0; round < 150; round++) {
            for (int i = random.nextInt(4); i >= 0; i--) {
                places.add(axes.places(RandomSearch.draw(space, new SplitMix(random.nextLong()))
                        .orElseThrow()));
                members.add(true);
                changed.add(places.get(places.size() - 1));
            }
            for (int i = random.nextInt(6); i >= 0; i--) {
                int observation = random.nextInt(places.size());
                members.set(observation, !members.get(observation));
                changed.set(observation, members.get(observation));
            }
            if (round % 3 == 0 && places.size() > 4) {
                places.subList(places.size() - 2, places.size()).clear();
                members.subList(members.size() - 2, members.size()).clear();
                changed.cut(places.size());
            }
            Parzen atOnce = axes.mixture(new int[] {0, 1, 2}, Optional.empty(), 1);
            for (int i = 0; i < places.size(); i++) {
                if (members.get(i)) {
                    atOnce.add(places.get(i));
                }
            }
            double[] at =
                    axes.places(RandomSearch.draw(space, new SplitMix(round)).orElseThrow());
            assertThat(changed.logDensity(at)).as("round %s", round).isEqualTo(atOnce.logDensity(at));
            assertThat(changed.draw(new SplitMix(round))).containsExactly(atOnce.draw(new SplitMix(round)));
        }
    }

    @Test
    void aDensityHasTheMassOneAndDrawsFollowIt() {
        Parzen parzen = Line.of(Scale.continuous(0, 1, false), 0.1, 0.15, 0.5, 0.9, 0.901)
                .parzen();
        DoubleUnaryOperator density = x -> Math.exp(parzen.logDensity(new double[] {x}));
        double sum = 0;
        double below = 0;
        for (int i = 0; i < 10_000; i++) {
            double mass = density.applyAsDouble((i + 0.5) / 10_000) / 10_000;
            sum += mass;
            below += i < 3000 ? mass : 0;
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        SplitMix random = new SplitMix(7);
        int hits = 0;
        for (int i = 0; i < 20_000; i++) {
            hits += parzen.draw(random)[0] < 0.3 ? 1 : 0;
        }
        assertThat(hits / 20_000.0).isCloseTo(below, within(0.012)); // three and a half standard errors
    }

    @Test
    void theMassesOfAWholeNumberSumToOne() {
        for (Scale scale : List.of(Scale.discrete(1, 64, 1, true), Scale.discrete(4, 24, 2, false))) {
            Parzen parzen = Line.of(scale, scale.log() ? Math.log(7) : 8).parzen();
            double sum = 0;
            for (double value = scale.log() ? 1 : 4; value <= (scale.log() ? 64 : 24); value += scale.step()) {
                sum += Math.exp(parzen.logDensity(new double[] {scale.log() ? Math.log(value) : value}));
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void logarithmsOfTheNormalDistribution() {
        double[] at = {-40, -25, -10, -1, 0, 3, 7};
        double[] logs = {
            -804.608442014,
            -316.639408008,
            -53.2312851505,
            -1.84102164501,
            -0.69314718056,
            -0.00135080996475,
            -1.27981254389e-12
        };
        for (int i = 0; i < at.length; i++) {
            assertThat(Normal.logBelow(at[i])).isCloseTo(logs[i], within(Math.max(1e-21, Math.abs(logs[i]) * 1e-10)));
        }
        assertThat(Normal.logBetween(-40, -39)).isEqualTo(Normal.logBetween(39, 40));
        assertThat(Normal.logBetween(-1, 2)).isCloseTo(Math.log(0.8185946141203637), within(1e-12));
    }

    /** Columns: a place, the ends, the logarithm of the density there of a normal distribution cut off at the ends. */
    @ParameterizedTest
    @CsvSource({
        "0, -1, 2, -0.71877223888",
        "-2, -3, -1, -1.06937211266",
        "1.5, 1, 4, -0.202717245242",
        "5.5, 5, 9, -0.978940139216"
    })
    void aKernelThatIsCutOffHasSciPysDensity(double place, double low, double high, double expected) {
        Members members = new Members();
        LineKernels kernel = new LineKernels(Scale.continuous(low, high, false), members, new Bell(0, 1));
        Parzen parzen = new Parzen(List.of(kernel), members, 1);
        assertThat(parzen.logDensity(new double[] {place})).isCloseTo(expected, EXACT);
    }

    /** Columns: a share, the ends, SciPy's place below which that share of the mass between the ends lies. */
    @ParameterizedTest
    @CsvSource({
        "0.5, -1, 2, 0.171163918018",
        "0.1, -3, -1, -2.11816770459",
        "0.9, 1, 4, 2.14706560556",
        "0.5, -30, -28, -28.0247129227",
        "0.25, 5, 9, 5.05518340536"
    })
    void sharesOfACutOffMassAreSciPys(double share, double low, double high, double place) {
        assertThat(Math.exp(Normal.logBetween(low, place) - Normal.logBetween(low, high)))
                .isCloseTo(share, EXACT);
    }

    @Test
    void aTenthIsGoodAndTwentyFiveAtMost() {
        int[] gammas =
                IntStream.of(1, 5, 10, 11, 50, 250, 300).map(Split::gamma).toArray();
        assertThat(gammas).containsExactly(1, 1, 1, 2, 5, 25, 25);
    }
}
