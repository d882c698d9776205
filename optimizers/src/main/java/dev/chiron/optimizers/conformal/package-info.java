/** Conformalised quantile regression. Start with {@link dev.chiron.optimizers.conformal.Conformal}. */
@NullMarked
package dev.chiron.optimizers.conformal;

import org.jspecify.annotations.NullMarked;
