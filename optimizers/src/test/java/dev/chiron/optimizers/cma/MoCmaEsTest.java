package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.OptimizerState.Individual;
import dev.chiron.optimizers.SeveralObjectivesContract;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoCmaEsTest extends SeveralObjectivesContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return MoCmaEs.start(space, MoCmaSettings.DEFAULT, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return MoCmaEs.resume(space, MoCmaSettings.DEFAULT, (OptimizerState.MoCmaEs) state);
    }

    @Override
    protected double sphereAfter200() {
        return 0.05;
    }

    private static Individual one(int number, double violation, double... losses) {
        Individual fresh = new Steps(ONE, MoCmaSettings.DEFAULT).fresh(number, Config.of(Map.of("x", Value.of(0.5))));
        return new Individual(
                number,
                fresh.config(),
                Vectors.list(losses),
                violation,
                fresh.sigma(),
                fresh.success(),
                fresh.path(),
                fresh.covariance());
    }

    @Test
    void whoLeavesBreaksMostThenIsOfTheLastRankThenAddsLeast() {
        Individual left = one(0, 0, 0, 4);
        Individual crowded = one(1, 0, 1, 2.9);
        Individual middle = one(2, 0, 1.1, 2);
        Individual right = one(3, 0, 4, 0);
        Individual behind = one(4, 0, 5, 5);
        Individual slightly = one(5, 0.1, 0);
        Individual much = one(6, 3, 0);
        assertThat(Selection.least(List.of(left, much, slightly, behind))).isEqualTo(1);
        assertThat(Selection.least(List.of(left, slightly, behind))).isEqualTo(1);
        assertThat(Selection.least(List.of(left, behind, crowded, middle, right)))
                .isEqualTo(1);
        assertThat(Selection.least(List.of(left, crowded, middle, right))).isEqualTo(1);
        assertThat(Selection.first(List.of(behind, left, much, right))).containsExactly(left, right);
        assertThat(Selection.first(List.of(much, slightly))).containsExactly(slightly);
    }

    @Test
    void theWidthGrowsAboveATargetOfSuccessesAndShrinksBelowIt() {
        SuccessRule rule = new SuccessRule(4);
        Individual fresh = one(0, 0, 1);
        double share = 11 / 12.0 * (1 / 5.5) + 1 / 12.0; // c_p is 1 / 12
        assertThat(rule.stepped(fresh, true).success()).isCloseTo(share, within(1e-12));
        assertThat(rule.stepped(fresh, true).sigma())
                .isCloseTo(0.2 * Math.exp((share - 1 / 5.5) / (1 - 1 / 5.5) / 3), within(1e-12));
        assertThat(rule.stepped(fresh, false).sigma()).isLessThan(0.2);
    }

    @Test
    void theCovarianceTurnsTowardsStepsThatSucceedUnlessTooManyDo() {
        SuccessRule rule = new SuccessRule(2);
        Individual fresh = one(0, 0, 1)
                .learned(
                        0.2,
                        0.2,
                        List.of(0.0, 0.0),
                        new OptimizerState.Covariance(List.of(List.of(1.0, 0.0), List.of(0.0, 1.0))));
        Individual turned = rule.turned(fresh, new double[] {2, 1});
        double length = Math.sqrt(0.75); // of c_c = 1/2; c_cov is 1/5
        assertThat(turned.path()).containsExactly(2 * length, length);
        assertThat(turned.covariance().element(0, 0)).isCloseTo(0.8 + 0.2 * 4 * 0.75, within(1e-12));
        assertThat(turned.covariance().element(0, 1)).isCloseTo(0.2 * 2 * 0.75, within(1e-12));
        assertThat(turned.covariance().element(1, 0))
                .isEqualTo(turned.covariance().element(0, 1));
        Individual many = rule.turned(fresh.learned(0.2, 0.5, fresh.path(), fresh.covariance()), new double[] {2, 1});
        assertThat(many.path()).containsExactly(0.0, 0.0);
        assertThat(many.covariance().element(0, 0)).isCloseTo(0.8 + 0.2 * 0.75, within(1e-12));
    }

    @Test
    void whereAllIsInfeasibleThePopulationMovesTowardsWhatIsNot() {
        Optimizer optimizer = start(ONE, baseline(ONE), 3);
        double early = 0;
        double late = 0;
        for (int k = 0; k < 60; k++) {
            Config asked = optimizer.ask();
            double violation =
                    3.5 - asked.get("x").asNumber().orElseThrow(); // the upper end is nearest to what is feasible
            early += k < 10 ? violation : 0;
            late += k >= 50 ? violation : 0;
            optimizer.tell(Observation.infeasible(asked, violation));
        }
        assertThat(late).isLessThan(early / 2);
    }

    @Test
    void aParentWhoseChildrenFailNarrows() {
        Optimizer optimizer = start(ONE, baseline(ONE), 1);
        for (int k = 0; k < 10; k++) {
            optimizer.tell(optimizer.ask(), k);
        }
        for (int k = 0; k < 20; k++) {
            optimizer.tellInfeasible(optimizer.ask());
        }
        List<Individual> population = ((OptimizerState.MoCmaEs) optimizer.state()).population();
        assertThat(population.get(0).sigma()).isLessThan(0.1);
        assertThat(population).hasSize(10).allMatch(one -> one.number() == 0 || one.sigma() == 0.2);
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer optimizer = start(ONE, baseline(ONE), 1);
        optimizer.tell(optimizer.ask(), 1);
        OptimizerState state = optimizer.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resume(CHOICES, state))
                .withMessageContaining("another search space");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MoCmaSettings(0, 10, 0.2, 50, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new MoCmaSettings(10, 1, 0.2, 50, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new MoCmaSettings(10, 10, 1.2, 50, Optional.empty()));
    }
}
