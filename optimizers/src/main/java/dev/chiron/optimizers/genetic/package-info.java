/** A genetic algorithm. Start with {@link dev.chiron.optimizers.genetic.Genetic}. */
@NullMarked
package dev.chiron.optimizers.genetic;

import org.jspecify.annotations.NullMarked;
