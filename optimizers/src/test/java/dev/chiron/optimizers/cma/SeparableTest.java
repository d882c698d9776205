package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import org.junit.jupiter.api.Test;

class SeparableTest {

    @Test
    void onlyAboveAHundredCoordinatesCorrelationsAreNotLearned() {
        assertThat(rowsAfterSomeTrials(100, CmaSettings.DEFAULT)).isEqualTo(100);
        assertThat(rowsAfterSomeTrials(101, CmaSettings.DEFAULT)).isEqualTo(1);
        assertThat(rowsAfterSomeTrials(101, CmaSettings.DEFAULT.withFullUpTo(200)))
                .isEqualTo(101);
        assertThat(rowsAfterSomeTrials(5, CmaSettings.DEFAULT.withFullUpTo(4))).isEqualTo(1);
        assertThat(rowsAfterSomeTrials(5, CmaSettings.DEFAULT.withRule(UpdateRule.SEPARABLE)))
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CmaSettings.DEFAULT.withFullUpTo(-1))
                .withMessageContaining("fullUpTo");
    }

    private static int rowsAfterSomeTrials(int n, CmaSettings settings) {
        OptimizerState.Covariance covariance = run(n, settings, 40).state().covariance();
        assertThat(covariance.rows()).allSatisfy(row -> assertThat(row).hasSize(n));
        assertThat(covariance.hasCorrelations()).isEqualTo(covariance.rows().size() > 1);
        assertThat(covariance.element(1, 1)).isPositive();
        return covariance.rows().size();
    }

    private static CmaEs run(int n, CmaSettings settings, int trials) {
        Synthetic function = Synthetic.ellipsoid(n, 4);
        CmaEs optimizer = CmaEs.start(function.space(), function.centre(), settings, 3);
        for (int k = 0; k < trials; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, function.value(asked));
        }
        return optimizer;
    }

    @Test
    void itLearnsTheWidthsOfAllAxes() {
        CmaEs optimizer = run(20, CmaSettings.DEFAULT.withFullUpTo(0), 5000);
        OptimizerState.Covariance covariance = optimizer.state().covariance();
        // the weights go from 1 to 10^4, and so should the variances
        assertThat(covariance.element(0, 0) / covariance.element(19, 19)).isBetween(1e3, 1e5);
        assertThat(covariance.element(3, 4)).isZero();
    }

    @Test
    void fiveHundredCoordinatesInACornerAreDrawnInsideTheBoxAndResumed() {
        SearchSpace space = Synthetic.sphere(500).space();
        Config corner = space.decode(new double[500]);
        CmaEs optimizer = CmaEs.start(space, corner, CmaSettings.DEFAULT, 1);
        for (int k = 0; k < 200; k++) {
            Config asked = optimizer.ask();
            CmaEs resumed = CmaEs.resume(space, CmaSettings.DEFAULT, optimizer.state());
            double loss = space.encode(asked)[7];
            optimizer.tell(asked, loss);
            resumed.tell(asked, loss);
            assertThat(resumed.state()).isEqualTo(optimizer.state());
        }
        // half-normal, not clipped to the corner: hardly any coordinate is 0
        double[] drawn = space.encode(optimizer.ask());
        int zeros = 0;
        for (double u : drawn) {
            zeros += u == 0 ? 1 : 0;
        }
        assertThat(zeros).isLessThan(5);
    }

    @Test
    void aStateOfTheOtherFormIsTakenForWhatItHolds() {
        Synthetic function = Synthetic.ellipsoid(6, 2);
        CmaEs full = run(6, CmaSettings.DEFAULT, 300);
        CmaSettings separable = CmaSettings.DEFAULT.withFullUpTo(0);
        CmaEs diagonal = CmaEs.resume(function.space(), separable, full.state());
        CmaEs back = CmaEs.resume(function.space(), CmaSettings.DEFAULT, diagonal.state());
        for (int i = 0; i < 6; i++) {
            double variance = full.state().covariance().element(i, i);
            assertThat(diagonal.state().covariance().element(i, i)).isCloseTo(variance, within(0.0));
            assertThat(back.state().covariance().element(i, i)).isCloseTo(variance, within(0.0));
        }
        assertThat(back.state().covariance().rows()).hasSize(6);
        assertThat(back.state().covariance().element(0, 1)).isZero();
    }

    @Test
    void aLostDirectionIsLifted() {
        DiagonalCovariance covariance = new DiagonalCovariance(new double[] {1, 0, 1e-20, 1e-3});
        assertThat(covariance.rows()[0]).containsExactly(new double[] {1, 1e-13, 1e-13, 1e-3}, offset(1e-20));
        assertThat(new DiagonalCovariance(new double[] {0, 0}).variance(0)).isPositive();
    }
}
