package dev.chiron.optimizers.cma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Origin;
import org.junit.jupiter.api.Test;

class CommonsMathCmaEsTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return CommonsMathCmaEs.start(space, baseline, 1.0 / 6, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return CommonsMathCmaEs.resume(space, (OptimizerState.CommonsMath) state);
    }

    @Override
    protected double sphereAfter200() {
        return 1e-3;
    }

    @Override
    protected void close(Optimizer optimizer) {
        ((CommonsMathCmaEs) optimizer).close();
    }

    /** The library waits for each value. */
    @Override
    protected boolean asksAhead() {
        return false;
    }

    @Test
    void itStartsAtTheBaselineAndAsksForAPointUntilThatIsTold() {
        Optimizer optimizer = opened(EVERYTHING, 1);
        Config baseline = baseline(EVERYTHING);
        assertThat(optimizer.origin()).isEqualTo(Origin.COMMONS_CMA_ES);
        assertThat(optimizer.ask()).isEqualTo(baseline);
        assertThat(optimizer.ask()).isEqualTo(baseline);
        optimizer.tell(baseline, 1);
        assertThat(optimizer.ask()).isNotEqualTo(baseline);
    }

    @Test
    void itIgnoresPointsThatItDidNotAskFor() {
        Optimizer optimizer = opened(EVERYTHING, 1);
        OptimizerState before = optimizer.state();
        optimizer.tell(RandomSearch.draw(EVERYTHING, new SplitMix(99)).orElseThrow(), -1);
        assertThat(optimizer.state()).isEqualTo(before);
    }

    @Test
    void closedItSaysSoInsteadOfHanging() {
        CommonsMathCmaEs optimizer = CommonsMathCmaEs.start(ONE, baseline(ONE), 0.1, 1);
        Config asked = optimizer.ask();
        optimizer.close();
        optimizer.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    optimizer.tell(asked, 1);
                    optimizer.ask();
                })
                .withMessageContaining("closed");
    }

    @Test
    void anInterruptOfTheCallerIsKeptForLater() {
        CommonsMathCmaEs optimizer = CommonsMathCmaEs.start(ONE, baseline(ONE), 0.1, 1);
        Thread.currentThread().interrupt();
        optimizer.tell(optimizer.ask(), 1);
        assertThat(Thread.interrupted()).isTrue();
        optimizer.close();
    }

    @Test
    void widthsAndStatesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommonsMathCmaEs.start(ONE, baseline(ONE), 0, 1))
                .withMessageContaining("sigma");
        CommonsMathCmaEs optimizer = CommonsMathCmaEs.start(ONE, baseline(ONE), 0.1, 1);
        optimizer.close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommonsMathCmaEs.resume(EVERYTHING, optimizer.state()))
                .withMessageContaining("another search space");
    }
}
