package dev.chiron.optimizers.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomForestTest extends OptimizerContract {

    /** Few trees and candidates, so that thousands of asks take seconds. */
    private static final ForestSettings FAST = new ForestSettings(10, 3, 40, 1, 0.1, Optional.empty());

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return RandomForest.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return RandomForest.resume(space, FAST, (OptimizerState.RandomForest) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.1;
    }

    private static double best(Synthetic function, int trials, long seed) {
        Optimizer optimizer = RandomForest.start(function.space(), ForestSettings.DEFAULT, seed);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, function.value(config));
            best = Math.min(best, function.value(config));
        }
        return best;
    }

    @Test
    void itComesNearBraninsMinimumInEightyTrials() {
        assertThat(best(Synthetic.branin(), 80, 1)).isLessThan(0.1);
    }

    @Test
    void itFindsTheBestOptionsOfAMixedSpace() {
        assertThat(best(Synthetic.mixed(), 120, 1)).isLessThan(0.15); // any wrong option costs that much
    }

    @Test
    void itKeepsAwayFromWhereTrialsFail() {
        Optimizer optimizer = RandomForest.start(ONE, ForestSettings.DEFAULT, 3);
        int failures = 0;
        for (int trial = 0; trial < 60; trial++) {
            Config config = optimizer.ask();
            double u = ONE.encode(config)[0];
            if (u > 0.6) { // the loss falls towards where it fails
                optimizer.tellInfeasible(config);
                failures += trial < 30 ? 0 : 1;
            } else {
                optimizer.tell(config, 1 - u);
            }
        }
        assertThat(failures).isLessThan(15);
    }

    @Test
    void whatIsPendingIsNotAskedForAgain() {
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
    void whatWasToldIsNotAskedForAgainWhileAnythingElseIsLeft() {
        Optimizer optimizer = start(CHOICES, baseline(CHOICES), 3);
        Set<Config> told = new HashSet<>();
        for (int trial = 0; trial < 40; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(CHOICES, config));
            told.add(config);
        }
        assertThat(told).hasSize(6);
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ForestSettings(0, 10, 100, 1, 0.2, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ForestSettings(10, 1, 100, 1, 0.2, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ForestSettings(10, 10, 4, 1, 0.2, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForestSettings(10, 10, 100, 0, 0.2, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForestSettings(10, 10, 100, 1, Double.NaN, Optional.empty()));
    }
}
