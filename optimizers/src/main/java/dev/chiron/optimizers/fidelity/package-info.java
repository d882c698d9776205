/** How much of a training each config gets, where a little says something about the whole. */
@NullMarked
package dev.chiron.optimizers.fidelity;

import org.jspecify.annotations.NullMarked;
