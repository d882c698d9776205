/** Bayesian optimisation with a Gaussian process. Start with {@link dev.chiron.optimizers.gp.GaussianProcess}. */
@NullMarked
package dev.chiron.optimizers.gp;

import org.jspecify.annotations.NullMarked;
