package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;

class RandomSearchTest extends OptimizerContract {

    @Override
    protected Optimizer start(SearchSpace space, Config baseline, long seed) {
        return RandomSearch.start(space, seed);
    }

    @Override
    protected Optimizer resume(SearchSpace space, OptimizerState state) {
        return RandomSearch.resume(space, (OptimizerState.Uniform) state);
    }

    @Override
    protected double sphereAfter200() {
        return 3;
    }
}
