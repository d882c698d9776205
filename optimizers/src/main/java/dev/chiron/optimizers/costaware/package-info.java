/** Bayesian optimisation along the front of quality and cost. Start with {@link dev.chiron.optimizers.costaware.CostAware}. */
@NullMarked
package dev.chiron.optimizers.costaware;

import org.jspecify.annotations.NullMarked;
