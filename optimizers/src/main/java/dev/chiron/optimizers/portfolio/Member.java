package dev.chiron.optimizers.portfolio;

import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.forest.RandomForest;
import dev.chiron.optimizers.gp.GaussianProcess;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.turbo.Turbo;

/** The methods of a portfolio; the first opens. */
enum Member {
    GP,
    TURBO,
    RANDOM_FOREST;

    Optimizer start(SearchSpace space, PortfolioSettings settings, long seed) {
        return switch (this) {
            case GP -> GaussianProcess.start(space, settings.gp(), seed);
            case TURBO -> Turbo.start(space, settings.turbo(), seed);
            case RANDOM_FOREST -> RandomForest.start(space, settings.forest(), seed);
        };
    }

    /** @throws IllegalArgumentException if the state is none of a member's, or belongs to a space with other parameters */
    static Optimizer resume(SearchSpace space, PortfolioSettings settings, OptimizerState state) {
        if (state instanceof OptimizerState.GaussianProcess gp) {
            return GaussianProcess.resume(space, settings.gp(), gp);
        }
        if (state instanceof OptimizerState.Turbo turbo) {
            return Turbo.resume(space, settings.turbo(), turbo);
        }
        if (state instanceof OptimizerState.RandomForest forest) {
            return RandomForest.resume(space, settings.forest(), forest);
        }
        throw new IllegalArgumentException("no member of the portfolio has a state like this: " + state);
    }
}
