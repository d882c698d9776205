package dev.chiron.optimizers.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against Optuna 5.0.0's evaluator on a study of points that need no random numbers. */
class PedAnovaTest {

    private static final SearchSpace SPACE = GoldenStudy.SPACE;

    private static List<Case> cases(int count) {
        return GoldenStudy.cases(count);
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
    void sharesAreOptunas() {
        assertShares(30, 0.1, 0.4194816006, 0.5511736344, 0.002349817359, 0.02699494766);
        assertShares(30, 0.25, 0.7875363958, 0.1957973928, 0.006389622667, 0.01027658873);
        assertShares(100, 0.1, 0.4303754814, 0.3703286232, 0.1409923057, 0.05830358965);
        assertShares(100, 0.25, 0.6552918501, 0.2871287872, 0.04796726445, 0.009612098216);
    }

    /** Of x, y, k and c. */
    private static void assertShares(int count, double share, double... expected) {
        List<PedAnova.Share> shares = new PedAnova(SPACE, share).shares(cases(count), 1);
        Map<String, Double> byName = new LinkedHashMap<>();
        shares.forEach(one -> byName.put(one.parameter(), one.value()));
        List<String> names = List.of("x", "y", "k", "c");
        for (int i = 0; i < names.size(); i++) {
            assertThat(byName.get(names.get(i))).isCloseTo(expected[i], within(1e-9 * expected[i]));
        }
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
