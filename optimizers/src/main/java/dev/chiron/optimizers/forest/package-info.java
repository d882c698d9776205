/** Bayesian optimisation with a random forest. Start with {@link dev.chiron.optimizers.forest.RandomForest}. */
@NullMarked
package dev.chiron.optimizers.forest;

import org.jspecify.annotations.NullMarked;
