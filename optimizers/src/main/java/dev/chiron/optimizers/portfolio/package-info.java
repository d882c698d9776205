/** Several methods that take turns by credit. Start with {@link dev.chiron.optimizers.portfolio.Portfolio}. */
@NullMarked
package dev.chiron.optimizers.portfolio;

import org.jspecify.annotations.NullMarked;
