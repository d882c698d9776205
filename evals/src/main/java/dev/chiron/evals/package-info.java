/** Measures Chiron: how fast it is, and later how good its methods are. Adds {@code chiron evals} to the command line. */
@NullMarked
package dev.chiron.evals;

import org.jspecify.annotations.NullMarked;
