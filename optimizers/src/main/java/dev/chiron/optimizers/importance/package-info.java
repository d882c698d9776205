/** Which parameters decide whether a config is among the best: PED-ANOVA. What a forest says of it is in {@code forest}. */
@NullMarked
package dev.chiron.optimizers.importance;

import org.jspecify.annotations.NullMarked;
