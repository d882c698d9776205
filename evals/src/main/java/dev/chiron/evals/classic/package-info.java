/** The test functions of the textbooks, where everybody knows their optima, and moved, where nobody does. */
@NullMarked
package dev.chiron.evals.classic;

import org.jspecify.annotations.NullMarked;
