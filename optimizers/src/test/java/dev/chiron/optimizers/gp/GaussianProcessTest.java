package dev.chiron.optimizers.gp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GaussianProcessTest extends OptimizerContract {

    /** Few candidates, so that thousands of asks take seconds. */
    private static final GpSettings FAST = new GpSettings(10, 16, 1, Optional.empty());

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return GaussianProcess.start(space, FAST, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return GaussianProcess.resume(space, FAST, (OptimizerState.GaussianProcess) state);
    }

    @Override
    protected double sphereAfter200() {
        return 1e-3;
    }

    @Test
    void itFindsBraninsMinimumInSixtyTrials() {
        Synthetic branin = Synthetic.branin();
        Optimizer optimizer = GaussianProcess.start(branin.space(), GpSettings.DEFAULT, 1);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < 60; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, branin.value(config));
            best = Math.min(best, branin.value(config));
        }
        assertThat(best).isLessThan(1e-3);
    }

    @Test
    void configsThatWereGivenCountAsTheFirstTrials() {
        SearchSpace space = Synthetic.sphere(2).space();
        GaussianProcess given = GaussianProcess.start(space, GpSettings.DEFAULT, 1);
        GaussianProcess baseline = GaussianProcess.start(space, GpSettings.DEFAULT, 1);
        for (int k = 1; k <= 5; k++) {
            Config config = space.decode(new double[] {k / 6.0, (k * k % 7) / 7.0});
            given.tell(config, k);
            if (k == 1) {
                baseline.tell(config, k);
            } else {
                baseline.tell(baseline.ask(), k);
            }
        }
        given.ask();
        baseline.ask();

        assertThat(given.state().design()).isZero();
        assertThat(given.state().hyperparameters()).isNotEmpty();
        assertThat(baseline.state().design()).isEqualTo(5);
        assertThat(baseline.state().hyperparameters()).isEmpty();
    }

    @Test
    void whatIsPendingIsNotAskedForAgain() {
        Optimizer optimizer = GaussianProcess.start(ONE, GpSettings.DEFAULT, 3);
        for (int trial = 0; trial < 12; trial++) {
            Config config = optimizer.ask();
            optimizer.tell(config, loss(ONE, config));
        }
        List<Double> asked = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            double u = ONE.encode(optimizer.ask())[0];
            assertThat(asked).noneMatch(other -> Math.abs(other - u) < 1e-6);
            asked.add(u);
        }
    }

    @Test
    void aConfigThatFailedIsNotTriedAgain() {
        Optimizer optimizer = GaussianProcess.start(ONE, GpSettings.DEFAULT, 3);
        List<Double> failed = new ArrayList<>();
        for (int trial = 0; trial < 40; trial++) {
            Config config = optimizer.ask();
            double u = ONE.encode(config)[0];
            if (u > 0.6) { // the loss falls towards where it fails
                assertThat(failed).doesNotContain(u);
                optimizer.tellInfeasible(config);
                failed.add(u);
            } else {
                optimizer.tell(config, 1 - u);
            }
        }
        assertThat(failed).isNotEmpty();
    }

    @Test
    void aPriorDrawsTheFirstModelledTrials() {
        Synthetic sphere = Synthetic.sphere(3);
        Config centre = sphere.space().decode(new double[] {0.2, 0.2, 0.2});
        Map<String, Double> widths = new LinkedHashMap<>();
        sphere.space().parameters().forEach(parameter -> widths.put(parameter.name(), 0.02));
        Prior belief = Prior.around(sphere.space(), centre, widths);
        Optimizer optimizer = GaussianProcess.start(sphere.space(), GpSettings.DEFAULT.withPrior(belief), 5);
        for (int trial = 0; trial < 10; trial++) {
            optimizer.tell(optimizer.ask(), trial % 3);
        }
        for (double u : sphere.space().encode(optimizer.ask())) {
            assertThat(u).isBetween(0.15, 0.25);
        }
    }

    @Test
    void aStateOfAnotherSpaceIsRefused() {
        Optimizer other = start(ONE, baseline(ONE), 1);
        other.tell(other.ask(), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> resume(CHOICES, other.state()));
        assertThatIllegalArgumentException().isThrownBy(() -> new GpSettings(0, 100, 1, Optional.empty()));
    }

    @Test
    void fiveHundredDimensionsAreNotTooMany() {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            parameters.add(new Parameter.Real("x" + i, 0, 1, false));
        }
        SearchSpace space = new SearchSpace(parameters, List.of());
        Optimizer optimizer = start(space, baseline(space), 1);
        for (int trial = 0; trial < 20; trial++) {
            Config config = optimizer.ask();
            assertThat(space.problems(config.values())).isEmpty();
            optimizer.tell(config, loss(space, config));
        }
    }
}
