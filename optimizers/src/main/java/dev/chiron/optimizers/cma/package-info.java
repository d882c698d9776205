/** CMA-ES: our own over every kind of parameter, and Commons Math's as it is. */
@NullMarked
package dev.chiron.optimizers.cma;

import org.jspecify.annotations.NullMarked;
