package dev.chiron.optimizers.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterTest {

    static Stream<Parameter> parameters() {
        return Stream.of(
                new Parameter.Real("linear", 0, 1, false),
                new Parameter.Real("around 0", -0.3, 0.7, false),
                new Parameter.Real("thirds", -1.0 / 3, 2.0 / 3, false),
                new Parameter.Real("far from 0", 1e9, 1e9 + 0.3, false),
                new Parameter.Real("wide", -1e300, 1e300, false),
                new Parameter.Real("tiny", 0, 1e-300, false),
                new Parameter.Real("log", 1e-5, 1e-1, true),
                new Parameter.Real("log thirds", 1.0 / 3, 1e6 / 3, true),
                new Parameter.Real("log wide", 1e-300, 1e300, true),
                new Parameter.Whole("whole", -7, 24),
                new Parameter.Whole("two", 0, 1),
                new Parameter.Whole("step", 3, 100, false, 7, false),
                new Parameter.Whole("log whole", 1, 1000, true, 1, false),
                new Parameter.Whole("log step", 64, 4096, true, 64, false),
                new Parameter.Whole("powers", 1, 1L << 62, false, 1, true),
                new Parameter.Whole("huge", -(1L << 40), 1L << 40),
                new Parameter.Whole("huge log", 1, 1L << 40, true, 1, false),
                new Parameter.Real("fixed", 0.1, 0.1, false),
                new Parameter.Real("fixed log", 1e-300, 1e-300, true),
                new Parameter.Whole("fixed whole", 7, 7),
                new Parameter.Whole("fixed log whole", 1, 1, true, 3, false),
                new Parameter.Whole("fixed power", 1, 1, false, 1, true),
                new Parameter.Choice("one", List.of(Value.of("a")), true),
                new Parameter.Choice("ordered", List.of(Value.of("s"), Value.of("m"), Value.of("l")), true),
                new Parameter.Choice("mixed", List.of(Value.of(true), Value.of(2L), Value.of("2")), false));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void everyValueThatItGivesComesBack(Parameter parameter) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 3000; i++) {
            double u = i < 2 ? i : i < 4 ? i - 2.5 : random.nextDouble();
            Value value = parameter.decode(u);
            double place = parameter.encode(value);
            assertThat(place).isBetween(0.0, 1.0);
            assertThat(parameter.decode(place)).isEqualTo(value);
            assertThat(parameter.problem(value)).isEmpty();
            assertThat(parameter.nearest(value)).isEqualTo(value);
            assertThat(parameter.describe()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void theGridHoldsEveryValueInOrder(Parameter parameter) {
        List<Double> grid = parameter.grid();
        assertThat(grid).isSorted().doesNotHaveDuplicates();
        for (double u : grid) {
            assertThat(parameter.encode(parameter.decode(u))).isEqualTo(u);
        }
    }

    @Test
    void bothEndsOfARangeCanBeReached() {
        Parameter.Real thirds = new Parameter.Real("x", -1.0 / 3, 2.0 / 3, false);
        assertThat(thirds.decode(0)).isEqualTo(new Value.Real(-1.0 / 3));
        assertThat(thirds.decode(1)).isEqualTo(new Value.Real(2.0 / 3));
        assertThat(thirds.decode(-5)).isEqualTo(thirds.decode(0));
        assertThat(thirds.decode(5)).isEqualTo(thirds.decode(1));
        Parameter.Whole step = new Parameter.Whole("k", 3, 100, false, 7, false);
        assertThat(step.high()).isEqualTo(94);
        assertThat(step.decode(0)).isEqualTo(new Value.Whole(3));
        assertThat(step.decode(1)).isEqualTo(new Value.Whole(94));
    }

    @Test
    void everyWholeNumberHasTheSameShareOfALinearScale() {
        Parameter.Whole whole = new Parameter.Whole("k", 1, 4);
        long[] seen = new long[5];
        for (int i = 0; i < 400; i++) {
            seen[(int) ((Value.Whole) whole.decode((i + 0.5) / 400)).number()]++;
        }
        assertThat(seen).containsExactly(0, 100, 100, 100, 100);
        assertThat(whole.grid()).containsExactly(0.125, 0.375, 0.625, 0.875);
    }

    @Test
    void powersOfTwoAreEvenlySpaced() {
        Parameter.Whole batch = new Parameter.Whole("b", 16, 256, false, 1, true);
        assertThat(batch.grid()).hasSize(5);
        assertThat(batch.decode(0.5)).isEqualTo(new Value.Whole(64));
        assertThat(batch.nearest(Value.of(100L))).isEqualTo(new Value.Whole(128));
        assertThat(batch.nearest(Value.of(90L))).isEqualTo(new Value.Whole(64));
        assertThat(batch.describe()).isEqualTo("int in [16, 256], powers of two");
    }

    @Test
    void manyValuesCountAsContinuous() {
        assertThat(new Parameter.Whole("k", 1, 4096).grid()).hasSize(4096);
        assertThat(new Parameter.Whole("k", 1, 4097).grid()).isEmpty();
    }

    @Test
    void numbersAreRoundedToWhatIsWritten() {
        Parameter.Real rate = new Parameter.Real("lr", 1e-5, 1e-1, true);
        Value value = rate.decode(0.123456789123456);
        assertThat(value.text().replaceAll("E.*|[^0-9]", "").length()).isLessThanOrEqualTo(10);
        assertThat(((Value.Real) rate.decode(0.5)).number()).isCloseTo(1e-3, within(1e-12));
    }

    @Test
    void problemsSayWhatIsWrong() {
        Parameter.Real rate = new Parameter.Real("lr", 1e-5, 1e-1, true);
        assertThat(rate.problem(Value.of(1.0))).contains("lr must lie in [1e-5, 0.1], not 1.0");
        assertThat(rate.problem(Value.of("fast"))).contains("lr must be a number, not fast");
        assertThat(rate.problem(Value.of(true))).contains("lr must be a number, not true");
        Parameter.Whole depth = new Parameter.Whole("depth", 2, 24);
        assertThat(depth.problem(Value.of(2.5))).contains("depth must be a whole number, not 2.5");
        assertThat(depth.problem(Value.of(8.0))).isEmpty();
        assertThat(depth.nearest(Value.of(8.0))).isEqualTo(new Value.Whole(8));
        assertThat(depth.problem(Value.of(Long.MAX_VALUE))).isPresent();
        Parameter.Choice choice = Parameter.Choice.of("act", "relu", "gelu");
        assertThat(choice.problem(Value.of("Relu"))).contains("act must be one of {relu, gelu}, not Relu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> choice.index(Value.of("tanh")))
                .withMessageContaining("act must be one of");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rate.encode(Value.of(7.0)))
                .withMessageContaining("lr must lie in");
    }

    @Test
    void anOptionIsKnownByItsNumberButNotByItsText() {
        Parameter.Choice heads = new Parameter.Choice("heads", List.of(Value.of(4L), Value.of(8L)), true);
        assertThat(heads.nearest(Value.of(8.0))).isEqualTo(Value.of(8L));
        assertThat(heads.problem(Value.of("8"))).isPresent();
        assertThat(heads.describe()).isEqualTo("one of {4, 8}, in this order");
    }

    @Test
    void impossibleRangesAreRefusedByName() {
        for (double[] bad : new double[][] {
            {2, 1}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}, {-Double.MAX_VALUE, Double.MAX_VALUE}
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Parameter.Real("lr", bad[0], bad[1], false))
                    .withMessageContaining("lr");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Real("lr", 0, 1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 0, 8, true, 1, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 1, 8, false, 0, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 1, 8, false, 9, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 2, 8, false, 2, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", 3, 8, false, 1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Parameter.Whole("k", Long.MIN_VALUE, 8));
        assertThatIllegalArgumentException().isThrownBy(() -> Parameter.Choice.of("c"));
        assertThatIllegalArgumentException().isThrownBy(() -> Parameter.Choice.of("c", "one", "one"));
    }

    @Test
    void everyWholeNumberOfARangeComesBack() {
        Parameter.Whole log = new Parameter.Whole("k", 1, 5000, true, 1, false);
        LongStream.rangeClosed(1, 5000)
                .mapToObj(Value.Whole::new)
                .forEach(value -> assertThat(log.decode(log.encode(value))).isEqualTo(value));
    }
}
