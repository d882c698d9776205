/** The training that the first Centaur study tuned, rebuilt from its recorded trials. */
@NullMarked
package dev.chiron.evals.autoresearch;

import org.jspecify.annotations.NullMarked;
