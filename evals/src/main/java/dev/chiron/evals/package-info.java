/** Chiron's evals module. */
@NullMarked
package dev.chiron.evals;

import org.jspecify.annotations.NullMarked;
