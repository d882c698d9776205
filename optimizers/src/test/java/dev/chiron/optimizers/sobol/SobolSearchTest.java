package dev.chiron.optimizers.sobol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerContract;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import org.junit.jupiter.api.Test;

class SobolSearchTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return SobolSearch.start(space, Prior.flat(space, baseline), seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return SobolSearch.resume(space, Prior.flat(space, baseline(space)), (OptimizerState.Sobol) state);
    }

    @Override
    protected double sphereAfter200() {
        return 3;
    }

    /** Random points leave about a third of as many cells empty. */
    @Test
    void itSpreadsEvenly() {
        Optimizer optimizer = opened(ONE, 5);
        boolean[] seen = new boolean[64];
        for (int k = 0; k < 64; k++) {
            double u = ONE.encode(optimizer.ask())[0];
            seen[Math.min(63, (int) (u * 64))] = true;
        }
        int empty = 0;
        for (boolean one : seen) {
            empty += one ? 0 : 1;
        }
        assertThat(empty).isLessThanOrEqualTo(2);
    }
}
