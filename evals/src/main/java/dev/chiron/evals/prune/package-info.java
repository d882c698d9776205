/** What stopping runs early saves and costs, on curves that are known to their end. */
@NullMarked
package dev.chiron.evals.prune;

import org.jspecify.annotations.NullMarked;
