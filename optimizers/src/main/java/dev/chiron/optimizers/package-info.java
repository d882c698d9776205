/**
 * What to try next, and why. An {@link dev.chiron.optimizers.Optimizer} is asked and told; its
 * {@link dev.chiron.optimizers.OptimizerState} is complete, so that it can be resumed and described.
 */
@NullMarked
package dev.chiron.optimizers;

import org.jspecify.annotations.NullMarked;
