package dev.chiron.evals.surrogate;

import dev.chiron.optimizers.space.Config;

/** What recorded trials say about configs that were not run. */
public interface Predictor {

    /** The value of the metric without noise, if the run does not fail. */
    double value(Config config);

    /** Whether the run fails, as a probability. */
    double failure(Config config);
}
