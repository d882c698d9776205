/** Several losses as one, for optimizers that know one. */
@NullMarked
package dev.chiron.optimizers.scalarised;

import org.jspecify.annotations.NullMarked;
