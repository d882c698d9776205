package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.synthetic.Synthetic;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    private static final Covariance ROUND = Covariance.of(UpdateRule.TUTORIAL, new double[] {1, 1, 1});

    private final LearningRate rate = LearningRate.fresh(ROUND).mean();

    @Test
    void changesThatAgreeKeepItAtOne() {
        for (int g = 0; g < 200; g++) {
            rate.adapt(new double[] {0.3, 0, -0.1});
        }
        assertThat(rate.rate()).isEqualTo(1);
    }

    @Test
    void changesThatAreOnlyNoiseLowerItAndAgreementRaisesItAgain() {
        SplitMix random = new SplitMix(4);
        for (int g = 0; g < 300; g++) {
            rate.adapt(new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()});
        }
        double low = rate.rate();
        assertThat(low).isPositive().isLessThan(0.3);
        for (int g = 0; g < 300; g++) {
            rate.adapt(new double[] {0.3, 0, -0.1});
        }
        assertThat(rate.rate()).isGreaterThan(2 * low);
    }

    @Test
    void noChangeAtAllSaysNothing() {
        for (int g = 0; g < 50; g++) {
            rate.adapt(new double[3]);
        }
        assertThat(rate.rate()).isEqualTo(1);
    }

    @Test
    void itsStateIsThereOnlyWhereRatesAdapt() {
        assertThat(sphere(false, 0, 100).rates()).isEmpty();
        OptimizerState.LearningRates rates = sphere(true, 0, 100).rates().get(0);
        assertThat(rates.mean().average()).hasSize(10);
        assertThat(rates.covariance().average()).hasSize(55); // the lower triangle
    }

    @Test
    void aStateWithoutRatesOrWithThoseOfAnotherFormBeginsWithFreshOnes() {
        OptimizerState.LearningRates fresh = LearningRate.fresh(ROUND).state();
        assertThat(LearningRate.resume(List.of(), ROUND).state()).isEqualTo(fresh);
        Covariance diagonal = Covariance.of(UpdateRule.SEPARABLE, new double[] {1, 1, 1});
        OptimizerState.LearningRates other = LearningRate.fresh(diagonal).state();
        assertThat(LearningRate.resume(List.of(other), ROUND).state()).isEqualTo(fresh);
    }

    /** With as much noise as this the fixed rates stand still long before. */
    @Test
    void itComesNearerToTheMinimumUnderNoise() {
        assertThat(distance(true)).isLessThan(0.5 * distance(false));
    }

    private static double distance(boolean adaptive) {
        Synthetic sphere = Synthetic.sphere(10);
        double logarithms = 0;
        for (long seed = 1; seed <= 5; seed++) {
            List<Double> mean = sphere(adaptive, seed, 6000).mean();
            logarithms += Math.log(sphere.value(sphere.space().decode(Vectors.array(mean))));
        }
        return Math.exp(logarithms / 5);
    }

    private static OptimizerState.CmaEs sphere(boolean adaptive, long seed, int trials) {
        Synthetic sphere = Synthetic.sphere(10);
        SplitMix random = new SplitMix(seed);
        CmaSettings settings = CmaSettings.DEFAULT.withAdaptive(adaptive);
        CmaEs optimizer = CmaEs.start(sphere.space(), sphere.centre(), settings, seed);
        for (int k = 0; k < trials; k++) {
            Config asked = optimizer.ask();
            optimizer.tell(asked, sphere.value(asked) + random.nextGaussian());
        }
        return optimizer.state();
    }
}
