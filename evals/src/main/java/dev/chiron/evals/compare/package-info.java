/** Methods and their peers on the same tasks: running them, and the table of what they found. */
@NullMarked
package dev.chiron.evals.compare;

import org.jspecify.annotations.NullMarked;
