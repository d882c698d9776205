package dev.chiron.optimizers.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Member;
import dev.chiron.optimizers.OptimizerState.Memory;
import dev.chiron.optimizers.forest.ForestSettings;
import dev.chiron.optimizers.gp.GpSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.synthetic.Synthetic;
import dev.chiron.optimizers.turbo.TurboSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PortfolioTest extends OptimizerContract {

    /** Few candidates, so that thousands of asks take seconds. */
    private static final PortfolioSettings FAST = new PortfolioSettings(
            new GpSettings(10, 16, 1, Optional.empty()),
            new TurboSettings(10, 40, Optional.empty()),
            new ForestSettings(10, 3, 40, 1, 0.1, Optional.empty()),
            10,
            PortfolioSettings.DEFAULT.memory(),
            PortfolioSettings.DEFAULT.exploration());

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return Portfolio.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return Portfolio.resume(space, FAST, (OptimizerState.Portfolio) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.01;
    }

    @Test
    void itFindsBraninsMinimumInSixtyTrials() {
        Synthetic branin = Synthetic.branin();
        Optimizer optimizer = Portfolio.start(branin.space(), PortfolioSettings.DEFAULT, 1);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < 60; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, branin.value(config));
            best = Math.min(best, branin.value(config));
        }
        assertThat(best).isLessThan(1e-3);
    }

    @Test
    void oneMemberOpensForAllAndThenEachHasATurn() {
        Portfolio optimizer = Portfolio.start(EVERYTHING, FAST, 1);
        List<Origin> origins = new ArrayList<>();
        for (int k = 0; k < 13; k++) {
            Config config = optimizer.ask();
            origins.add(optimizer.origin());
            optimizer.tell(config, loss(EVERYTHING, config));
        }
        assertThat(origins.subList(0, 10)).containsOnly(Origin.GAUSSIAN_PROCESS);
        assertThat(origins.subList(10, 13))
                .containsExactly(Origin.GAUSSIAN_PROCESS, Origin.TURBO, Origin.RANDOM_FOREST);
        OptimizerState.Portfolio state = optimizer.state();
        assertThat(state.members()).extracting(Member::trials).containsExactly(11, 1, 1);
        assertThat(state.members().get(2).count()).isEqualTo(1);
        OptimizerState.Turbo turbo =
                (OptimizerState.Turbo) state.members().get(1).state();
        assertThat(turbo.design()).isZero(); // it had a model at once
        assertThat(turbo.hyperparameters()).isNotEmpty();
    }

    @Test
    void everyMemberLearnsFromEveryTrial() {
        Portfolio optimizer = Portfolio.start(EVERYTHING, FAST, 2);
        optimizer.tell(baseline(EVERYTHING), 2);
        for (int k = 0; k < 20; k++) {
            Config config = optimizer.ask();
            if (k % 5 == 0) {
                optimizer.tellInfeasible(config);
            } else if (k % 5 == 1) {
                optimizer.tellPruned(config, 3, k);
            } else {
                optimizer.tell(config, k);
            }
        }
        List<Memory> memories = memories(optimizer.state());
        assertThat(memories.get(0).observations()).hasSize(21);
        assertThat(memories).containsOnly(memories.get(0));
    }

    private static List<Memory> memories(OptimizerState.Portfolio state) {
        return List.of(
                ((OptimizerState.GaussianProcess) state.members().get(0).state()).memory(),
                ((OptimizerState.Turbo) state.members().get(1).state()).memory(),
                ((OptimizerState.RandomForest) state.members().get(2).state()).memory());
    }

    /** Whoever it is whose trials are better than all before, has most of the turns; the others have some, and none is given up. */
    @ParameterizedTest
    @EnumSource(
            value = Origin.class,
            names = {"GAUSSIAN_PROCESS", "TURBO", "RANDOM_FOREST"})
    void whoBringsMostHasMostTurns(Origin lucky) {
        Portfolio optimizer = Portfolio.start(EVERYTHING, FAST, 3);
        List<Origin> origins = new ArrayList<>();
        for (int k = 0; k < 110; k++) {
            Config config = optimizer.ask();
            origins.add(optimizer.origin());
            optimizer.tell(config, optimizer.origin() == lucky ? -k : k);
        }
        List<Origin> last = origins.subList(50, 110);
        assertThat(last.stream().filter(lucky::equals).count()).isGreaterThan(36);
        for (Origin member : List.of(Origin.GAUSSIAN_PROCESS, Origin.TURBO, Origin.RANDOM_FOREST)) {
            assertThat(last).contains(member);
        }
    }

    @Test
    void whatOthersTriedEarnsNoCredit() {
        Portfolio optimizer = Portfolio.start(ONE, FAST, 1);
        for (int k = 0; k < 40; k++) {
            optimizer.tell(ONE.decode(new double[] {(k + 0.5) / 40}), -k);
        }
        assertThat(optimizer.state().members()).allMatch(member -> member.trials() == 0 && member.count() == 0);
        assertThat(optimizer.state().best()).containsExactly(-39.0);
        assertThat(optimizer.state().recent()).hasSize(20);
    }

    @Test
    void whatIsRunningIsAskedForByNobodyElse() {
        Portfolio optimizer = Portfolio.start(EVERYTHING, FAST, 3);
        for (int trial = 0; trial < 12; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(EVERYTHING, config));
        }
        Set<Config> asked = new HashSet<>();
        Set<Origin> origins = new HashSet<>();
        for (int k = 0; k < 30; k++) {
            Config config = optimizer.ask();
            assertThat(asked.add(config)).isTrue();
            origins.add(optimizer.origin());
        }
        assertThat(origins).hasSizeGreaterThan(1); // a turn that is not told yet counts as one
    }

    @Test
    void whatIsWithdrawnNobodyWaitsFor() {
        Portfolio optimizer = Portfolio.start(EVERYTHING, FAST, 3);
        for (int k = 0; k < 20; k++) {
            optimizer.withdraw(optimizer.ask());
            optimizer.tell(baseline(EVERYTHING), 1);
        }
        assertThat(optimizer.state().pending()).isEmpty();
        assertThat(memories(optimizer.state()))
                .allMatch(memory -> memory.pending().isEmpty());
        assertThat(optimizer.state().members()).allMatch(member -> member.trials() == 0);
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        PortfolioSettings usual = PortfolioSettings.DEFAULT;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortfolioSettings(usual.gp(), usual.turbo(), usual.forest(), 0, 0.9, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortfolioSettings(usual.gp(), usual.turbo(), usual.forest(), 10, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PortfolioSettings(usual.gp(), usual.turbo(), usual.forest(), 10, 0.9, -1));
    }
}
