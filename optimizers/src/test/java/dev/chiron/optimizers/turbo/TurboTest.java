package dev.chiron.optimizers.turbo;

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

class TurboTest extends OptimizerContract {

    /** Few candidates, so that thousands of asks take seconds. */
    private static final TurboSettings FAST = new TurboSettings(10, 40, Optional.empty());

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Turbo.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Turbo.resume(space, FAST, (OptimizerState.Turbo) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.01;
    }

    private static double best(Synthetic function, int trials, long seed) {
        Optimizer optimizer = Turbo.start(function.space(), TurboSettings.DEFAULT, seed);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < trials; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, function.value(config));
            best = Math.min(best, function.value(config));
        }
        return best;
    }

    @Test
    void itComesNearBraninsMinimumInSixtyTrials() {
        assertThat(best(Synthetic.branin(), 60, 1)).isLessThan(0.01);
    }

    @Test
    void itFindsTheBestOptionsOfAMixedSpace() {
        assertThat(best(Synthetic.mixed(), 100, 1)).isLessThan(0.15); // any wrong option costs that much
    }

    /** The region of a constant's trials shrinks with every fourth failure (one parameter), seven times, and then begins anew. */
    @Test
    void aRunThatFindsNothingEndsAndAnotherBegins() {
        Turbo optimizer = Turbo.start(ONE, FAST, 1);
        optimizer.tell(ONE.decode(new double[] {0.3}), 0);
        for (int k = 0; k < 9; k++) {
            optimizer.tell(optimizer.ask(), 1);
        }
        assertThat(optimizer.state().length()).isEqualTo(0.8);
        for (int k = 0; k < 4; k++) {
            optimizer.tell(optimizer.ask(), 1);
        }
        assertThat(optimizer.state().length()).isEqualTo(0.4);
        for (int k = 0; k < 23; k++) {
            optimizer.tell(optimizer.ask(), 1);
        }
        assertThat(optimizer.state().length()).isEqualTo(0.8 / 64);
        assertThat(optimizer.state().began()).isZero();
        optimizer.tellInfeasible(optimizer.ask());
        assertThat(optimizer.state().length()).isEqualTo(0.8);
        assertThat(optimizer.state().began()).isEqualTo(38);
        assertThat(optimizer.state().hyperparameters()).isEmpty();
    }

    @Test
    void othersTrialsNeitherGrowNorShrinkTheRegion() {
        Turbo optimizer = Turbo.start(ONE, FAST, 1);
        for (int k = 0; k < 40; k++) {
            optimizer.tell(ONE.decode(new double[] {(k + 0.5) / 40}), k);
        }
        assertThat(optimizer.state().length()).isEqualTo(0.8);
        assertThat(optimizer.state().failures()).isZero();
        assertThat(optimizer.state().began()).isZero();
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
    void whatOthersRunIsKnownAndNoTrialOfItsOwn() {
        Turbo optimizer = Turbo.start(ONE, FAST, 1);
        for (int k = 0; k < 12; k++) {
            optimizer.tell(ONE.decode(new double[] {(k + 0.5) / 12}), k);
        }
        Turbo before = Turbo.resume(ONE, FAST, optimizer.state());
        Config others = optimizer.ask();
        before.expect(others);
        before.expect(others);
        assertThat(before.state().memory().pending()).containsExactly(others);
        Turbo same = Turbo.resume(ONE, FAST, before.state());
        assertThat(same.state()).isEqualTo(before.state());
        assertThat(same.ask()).isNotEqualTo(others);
        same.tell(others, -1);
        assertThat(same.state().successes()).isZero();
        assertThat(same.state().others()).isEmpty();
        Config own = before.ask();
        before.expect(own);
        before.tell(own, -5);
        assertThat(before.state().successes()).isEqualTo(1);
        before.withdraw(others);
        assertThat(before.state().memory().pending()).isEmpty();
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TurboSettings(1, 100, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new TurboSettings(10, 4, Optional.empty()));
    }
}
