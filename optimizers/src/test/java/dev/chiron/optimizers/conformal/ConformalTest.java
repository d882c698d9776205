package dev.chiron.optimizers.conformal;

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

class ConformalTest extends OptimizerContract {

    /** Few trees and candidates, so that thousands of asks take seconds. */
    private static final ConformalSettings FAST = new ConformalSettings(10, 5, 32, 0.1, 60, 0.5, Optional.empty());

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Conformal.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Conformal.resume(space, FAST, (OptimizerState.Conformal) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.3;
    }

    private static double best(Synthetic function, int trials, long seed) {
        Optimizer optimizer = Conformal.start(function.space(), ConformalSettings.DEFAULT, seed);
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
        assertThat(best(Synthetic.branin(), 80, 1)).isLessThan(0.2);
    }

    @Test
    void itFindsItsWayInAMixedSpace() {
        assertThat(best(Synthetic.mixed(), 120, 1)).isLessThan(0.2); // random search has .26 after 200 trials
    }

    @Test
    void itKeepsAwayFromWhereTrialsFail() {
        Optimizer optimizer = Conformal.start(ONE, ConformalSettings.DEFAULT, 3);
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
    void whatIsRunningIsNotAskedForAgain() {
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
    void aThousandTrialsAreLearnedFromInPart() {
        Optimizer optimizer = start(ONE, baseline(ONE), 1);
        for (int k = 0; k < 1000; k++) {
            double place = (k + 0.5) / 1000;
            optimizer.tell(ONE.decode(new double[] {place}), Math.abs(place - 0.1));
        }
        int near = 0;
        for (int k = 0; k < 30; k++) {
            near += Math.abs(ONE.encode(optimizer.ask())[0] - 0.1) < 0.15 ? 1 : 0;
        }
        assertThat(near).isGreaterThan(15);
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(1, 100, 32, 0.1, 100, 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(5, 0, 32, 0.1, 100, 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(5, 100, 1, 0.1, 100, 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(5, 100, 32, 0.6, 100, 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(5, 100, 32, 0.1, 4, 0, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConformalSettings(5, 100, 32, 0.1, 100, Double.NaN, Optional.empty()));
    }
}
