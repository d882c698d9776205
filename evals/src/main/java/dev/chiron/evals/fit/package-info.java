/** Tasks made of a user's own log: a study, or a table of past runs. */
@NullMarked
package dev.chiron.evals.fit;

import org.jspecify.annotations.NullMarked;
