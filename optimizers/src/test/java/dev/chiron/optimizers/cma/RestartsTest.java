package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RestartsTest {

    private final SplitMix random = new SplitMix(5);

    @Test
    void theSamePolicyKeepsPopulationAndWidthAndDrawsNoNumber() {
        Restarts restarts = Restarts.none(RestartPolicy.SAME, 7);
        long before = random.state();
        for (int i = 0; i < 3; i++) {
            assertThat(restarts.next(100, random)).isEqualTo(1);
            assertThat(restarts.population()).isEqualTo(7);
        }
        assertThat(random.state()).isEqualTo(before);
    }

    @Test
    void ipopDoublesThePopulationEachTime() {
        Restarts restarts = Restarts.none(RestartPolicy.IPOP, 7);
        List<Integer> populations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            populations.add(restarts.population());
            assertThat(restarts.isSpent(1_000_000)).isFalse();
            assertThat(restarts.next(100, random)).isEqualTo(1);
        }
        assertThat(populations).containsExactly(7, 14, 28, 56);
    }

    @Test
    void bipopGivesTheNextRunToTheRegimeThatHasSpentLess() {
        Restarts restarts = Restarts.none(RestartPolicy.BIPOP, 8);
        restarts.next(400, random); // 400 of the first run against nothing
        assertThat(restarts.state()).isEqualTo(new OptimizerState.Restarts(16, 1, true, 400, 0, 0));
        assertThat(restarts.isSpent(1_000_000)).isFalse();
        double width = restarts.next(1000, random);
        assertThat(width).isBetween(0.01, 1.0);
        assertThat(restarts.state().large()).isFalse();
        assertThat(restarts.population()).isEqualTo(8); // half of 16 is the most, the first the least
        assertThat(restarts.isSpent(499)).isFalse();
        assertThat(restarts.isSpent(500)).isTrue();
        restarts.next(500, random); // 900 against 1000
        assertThat(restarts.state().large()).isFalse();
        restarts.next(500, random); // 1400 against 1000
        assertThat(restarts.state()).isEqualTo(new OptimizerState.Restarts(32, 2, true, 1400, 1000, 1000));
    }

    @Test
    void theSmallRegimeTakesPopulationsBetweenTheFirstAndHalfOfTheLastLargeOne() {
        OptimizerState.Restarts afterLarge = new OptimizerState.Restarts(128, 4, true, 400, 0, 0);
        List<Integer> populations = new ArrayList<>();
        List<Double> logarithms = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            Restarts restarts = Restarts.resume(RestartPolicy.BIPOP, 8, afterLarge);
            logarithms.add(Math.log10(restarts.next(5000, random)));
            populations.add(restarts.population());
        }
        assertThat(populations).allMatch(population -> population >= 8 && population <= 64);
        assertThat(populations).anyMatch(population -> population > 48).anyMatch(population -> population < 10);
        // u^2 is below a quarter half of the time: the median is 8 * 8^(1/4)
        assertThat(populations.stream().sorted().toList().get(200).doubleValue())
                .isCloseTo(13.5, offset(1.6));
        assertThat(logarithms.stream().mapToDouble(x -> x).average().orElseThrow())
                .isCloseTo(-1, offset(0.1));
    }

    /** Many minima, few dimensions: several runs in 3,000 trials. */
    @ParameterizedTest
    @EnumSource(RestartPolicy.class)
    void everyPolicyFindsTheLeastOfManyMinima(RestartPolicy policy) {
        Synthetic function = Synthetic.rastrigin(2);
        CmaSettings settings = CmaSettings.DEFAULT.withRestarts(policy);
        CmaEs optimizer = CmaEs.start(function.space(), function.centre(), settings, 4);
        List<Integer> populations = new ArrayList<>();
        for (int k = 0; k < 4000; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, function.value(asked));
            OptimizerState.CmaEs state = optimizer.state();
            if (state.generation() == state.began() && state.told().isEmpty()) {
                populations.add(state.restarts().population());
            }
        }
        assertThat(optimizer.state().best().get(0).loss()).isLessThan(1e-6);
        assertThat(populations).hasSizeGreaterThan(policy == RestartPolicy.SAME ? 6 : 2);
        switch (policy) {
            case SAME -> assertThat(populations).containsOnly(6);
            case IPOP -> assertThat(populations).startsWith(12, 24, 48);
            case BIPOP -> assertThat(populations).startsWith(12).contains(24).anyMatch(p -> p < 12);
        }
    }

    /** Constant losses converge at once, so runs are short; some draws wait across a restart. */
    @ParameterizedTest
    @EnumSource(RestartPolicy.class)
    void resumedInAnyRunItGoesOnAsIfNeverStopped(RestartPolicy policy) {
        SearchSpace space = Synthetic.sphere(2).space();
        CmaSettings settings = CmaSettings.DEFAULT.withRestarts(policy);
        CmaEs whole = CmaEs.start(space, Synthetic.sphere(2).centre(), settings, 9);
        CmaEs resumed = whole;
        for (int k = 0; k < 3000; k++) {
            if (k % 7 == 0) {
                resumed = CmaEs.resume(space, settings, whole.state());
            }
            Config first = whole.ask();
            assertThat(resumed.ask()).isEqualTo(first);
            if (k % 5 != 0) {
                whole.tell(first, 1);
                resumed.tell(first, 1);
            }
            assertThat(resumed.state()).isEqualTo(whole.state());
        }
        assertThat(whole.state().began()).isGreaterThan(50);
    }
}
