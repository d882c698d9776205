/** Grid search. Start with {@link dev.chiron.optimizers.grid.GridSearch}. */
@NullMarked
package dev.chiron.optimizers.grid;

import org.jspecify.annotations.NullMarked;
