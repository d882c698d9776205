/** Several losses at once: who dominates whom, how much of the space a front dominates, and which of it to keep. */
@NullMarked
package dev.chiron.optimizers.pareto;

import org.jspecify.annotations.NullMarked;
