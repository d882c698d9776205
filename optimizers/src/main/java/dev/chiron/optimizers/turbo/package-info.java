/** Bayesian optimisation in a trust region. Start with {@link dev.chiron.optimizers.turbo.Turbo}. */
@NullMarked
package dev.chiron.optimizers.turbo;

import org.jspecify.annotations.NullMarked;
