package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Origin;

/**
 * Proposes configs and learns from what came of them. Ask at any time, tell in any order, tell configs that were never
 * asked for. Minimises. Mutable; for one thread.
 *
 * <p>Two optimizers with equal {@link #state()} behave alike from then on, bit for bit.
 */
public interface Optimizer {

    /** The origin of what {@link #ask} proposes. */
    Origin origin();

    /** The next config to try: inside the space and keeping its constraints. */
    Config ask();

    /**
     * A config was run and measured.
     *
     * @throws IllegalArgumentException if the loss is not finite
     */
    void tell(Config config, double loss);

    /** A config was run and failed. There is no number for that, so none is given. */
    void tellInfeasible(Config config);

    /** Everything that the optimizer knows. */
    OptimizerState state();
}
