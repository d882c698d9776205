/** What it costs not to know the largest budget of Hyperband beforehand, on curves that are known to their end. */
@NullMarked
package dev.chiron.evals.deepening;

import org.jspecify.annotations.NullMarked;
