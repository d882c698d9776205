/** Quasi-random search. */
@NullMarked
package dev.chiron.optimizers.sobol;

import org.jspecify.annotations.NullMarked;
