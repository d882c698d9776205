package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;

class RandomSearchTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return RandomSearch.start(space, Prior.flat(space, baseline), seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return RandomSearch.resume(space, Prior.flat(space, baseline(space)), (OptimizerState.Uniform) state);
    }

    @Override
    protected double sphereAfter200() {
        return 3;
    }
}
