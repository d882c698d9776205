/**
 * What may be tried: parameters, the search space they make, and one point of it.
 *
 * <p>Start with {@link dev.chiron.optimizers.space.SearchSpace} and {@link dev.chiron.optimizers.space.Config}.
 */
@NullMarked
package dev.chiron.optimizers.space;

import org.jspecify.annotations.NullMarked;
