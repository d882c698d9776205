/**
 * What was tried and what came of it: a {@link dev.chiron.optimizers.study.Trial} has a change, an origin and an outcome.
 */
@NullMarked
package dev.chiron.optimizers.study;

import org.jspecify.annotations.NullMarked;
