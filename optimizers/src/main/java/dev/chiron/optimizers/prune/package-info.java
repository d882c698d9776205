/** Which runs are stopped early, from their curves and those of the runs before. */
@NullMarked
package dev.chiron.optimizers.prune;

import org.jspecify.annotations.NullMarked;
