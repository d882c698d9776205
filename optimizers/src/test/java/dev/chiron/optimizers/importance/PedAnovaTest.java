package dev.chiron.optimizers.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against Optuna 5.0.0's evaluator on a study of points that need no random numbers. */
class PedAnovaTest {

    private static final double PHI = 0.6180339887498949;

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("x", 0, 1, false),
            new Parameter.Real("y", 1e-3, 1, true),
            new Parameter.Whole("k", 1, 8),
            Parameter.Choice.of("c", "a", "b", "c"));

    private static double frac(double number) {
        return number - Math.floor(number);
    }

    private static List<Case> cases(int count) {
        List<Case> cases = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            double x = frac(i * PHI);
            double y = Math.pow(10, -3 + 3 * frac(i * 0.7548776662466927));
            long k = 1 + (long) (8 * frac(i * 0.5698402909980532));
            int c = (int) (3 * frac(i * 0.8191725133961645));
            double loss = 4 * (x - 0.3) * (x - 0.3)
                    + 0.3 * Math.abs(Math.log10(y) + 2)
                    + 0.02 * k
                    + new double[] {0, 0.2, 0.1}[c];
            Map<String, Value> values = new LinkedHashMap<>();
            values.put("x", new Value.Real(x));
            values.put("y", new Value.Real(y));
            values.put("k", new Value.Whole(k));
            values.put("c", Value.of(List.of("a", "b", "c").get(c)));
            cases.add(new Case(Config.of(values), loss));
        }
        return cases;
    }

    private static void assertRaw(int count, double share, double x, double y, double k, double c) {
        double[] raw = new PedAnova(SPACE, share).raw(cases(count));
        assertThat(raw[0]).isCloseTo(x, within(1e-9 * x));
        assertThat(raw[1]).isCloseTo(y, within(1e-9 * y));
        assertThat(raw[2]).isCloseTo(k, within(1e-9 * k));
        assertThat(raw[3]).isCloseTo(c, within(1e-9 * c));
    }

    @Test
    void agreesWithOptuna() {
        assertRaw(30, 0.1, 0.0192402652, 0.02528055315, 0.0001077785273, 0.001238170998);
        assertRaw(30, 0.25, 0.09165182307, 0.0227864872, 0.000743610796, 0.0011959677);
        assertRaw(100, 0.1, 0.008237064391, 0.007087812496, 0.002698487138, 0.00111588704);
        assertRaw(100, 0.25, 0.0485290506, 0.02126394131, 0.003552319174, 0.0007118446545);
    }

    @Test
    void sharesHaveASumOfOneAndIntervalsAroundThem() {
        List<PedAnova.Share> shares = new PedAnova(SPACE, 0.25).shares(cases(100), 1);
        assertThat(shares).map(PedAnova.Share::parameter).containsExactly("x", "y", "k", "c");
        assertThat(shares.get(0).value()).isCloseTo(0.6552918501, within(1e-9));
        assertThat(shares.stream().mapToDouble(PedAnova.Share::value).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares).allSatisfy(share -> assertThat(share.low()).isLessThan(share.high()));
        assertThat(shares.get(0).low()).isGreaterThan(shares.get(3).high());
        assertThat(new PedAnova(SPACE, 0.25).shares(cases(100), 1)).isEqualTo(shares);
    }

    @Test
    void whatTellsNothingIsAlike() {
        List<Case> one = cases(1);
        assertThat(new PedAnova(SPACE, 0.1).shares(one, 1))
                .allSatisfy(share -> assertThat(share.value()).isEqualTo(0.25));
        assertThat(new PedAnova(SPACE, 0.1).shares(List.of(), 1)).hasSize(4);
        assertThatThrownBy(() -> new PedAnova(SPACE, 0)).hasMessage("share must be above 0 and at most 1, not 0.0");
    }

    @Test
    void trialsWithoutAParameterTellNothingOfIt() {
        SearchSpace conditional = new SearchSpace(
                SPACE.parameters(), List.of(), List.of(new Condition("y", "c", List.of(Value.of("a")))));
        List<Case> cases = cases(100).stream()
                .map(one -> one.config().get("c").equals(Value.of("a"))
                        ? one
                        : new Case(without(one.config(), "y"), one.loss()))
                .toList();
        double[] raw = new PedAnova(conditional, 0.25).raw(cases);
        double[] whole = new PedAnova(SPACE, 0.25).raw(cases(100));
        assertThat(raw[0]).isEqualTo(whole[0]);
        assertThat(raw[1]).isPositive().isNotEqualTo(whole[1]);
    }

    private static Config without(Config config, String name) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (String other : List.of("x", "y", "k", "c")) {
            if (!other.equals(name)) {
                values.put(other, config.get(other));
            }
        }
        return Config.of(values);
    }
}
