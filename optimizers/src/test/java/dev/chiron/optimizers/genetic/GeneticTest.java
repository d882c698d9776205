package dev.chiron.optimizers.genetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneticTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Genetic.start(space, GeneticSettings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Genetic.resume(space, GeneticSettings.DEFAULT, (OptimizerState.Genetic) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.05;
    }

    private static double best(Synthetic function, int trials, long seed) {
        Optimizer optimizer = Genetic.start(function.space(), GeneticSettings.DEFAULT, seed);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, function.value(config));
            best = Math.min(best, function.value(config));
        }
        return best;
    }

    @Test
    void itFindsTheBestOptionsOfAMixedSpace() {
        assertThat(best(Synthetic.mixed(), 150, 1)).isLessThan(0.15); // any wrong option costs that much
    }

    @Test
    void aFailureIsNeverAParent() {
        Optimizer optimizer = start(CHOICES, baseline(CHOICES), 1);
        Config one = CHOICES.config(Map.of("a", Value.of("p"), "b", Value.of("u")));
        Config other = CHOICES.config(Map.of("a", Value.of("q"), "b", Value.of("u")));
        optimizer.tell(one, 5);
        optimizer.tell(other, 4);
        for (int k = 0; k < 20; k++) {
            optimizer.tellInfeasible(CHOICES.config(Map.of("a", Value.of("r"), "b", Value.of("v"))));
        }
        Set<Config> asked = new HashSet<>();
        for (int k = 0; k < 3; k++) {
            asked.add(optimizer.ask());
        }
        assertThat(asked).hasSize(3).doesNotContain(one, other); // what was run or is running is not bred again
    }

    @Test
    void whatWasMeasuredAgainCountsWithItsMean() {
        Optimizer lucky = start(ONE, baseline(ONE), 1);
        Optimizer sober = start(ONE, baseline(ONE), 1);
        for (Optimizer optimizer : List.of(lucky, sober)) {
            for (int k = 0; k < 20; k++) {
                double place = (k + 0.5) / 20;
                optimizer.tell(ONE.decode(new double[] {place}), place);
            }
            optimizer.tell(ONE.decode(new double[] {0.99}), -1);
        }
        for (int k = 0; k < 9; k++) {
            sober.tell(ONE.decode(new double[] {0.99}), 2);
        }
        assertThat(near(lucky, 0.9)).isGreaterThan(5);
        assertThat(near(sober, 0.9)).isLessThan(near(lucky, 0.9));
    }

    private static int near(Optimizer optimizer, double above) {
        int near = 0;
        for (int k = 0; k < 60; k++) {
            near += ONE.encode(optimizer.ask())[0] > above ? 1 : 0;
        }
        return near;
    }

    @Test
    void whatIsRunningIsNotBredAgain() {
        Optimizer optimizer = start(EVERYTHING, baseline(EVERYTHING), 3);
        for (int trial = 0; trial < 12; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(EVERYTHING, config));
        }
        Set<Config> asked = new HashSet<>();
        for (int k = 0; k < 30; k++) {
            assertThat(asked.add(optimizer.ask())).isTrue();
        }
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GeneticSettings(1, 5, 2, 0.5, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeneticSettings(10, 1, 2, 0.5, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new GeneticSettings(10, 5, 0, 0.5, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GeneticSettings(10, 5, 2, Double.NaN, Optional.empty()));
    }
}
