/** What tasks that were fitted to recorded trainings share, and how good such a fit is. */
@NullMarked
package dev.chiron.evals.surrogate;

import org.jspecify.annotations.NullMarked;
