/** Functions with a known least value, to measure optimizers by. */
@NullMarked
package dev.chiron.optimizers.synthetic;

import org.jspecify.annotations.NullMarked;
