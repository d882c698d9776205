/**
 * Runs a training script with a config: in a copy of its project, under limits, in a clean environment, with nothing left behind.
 *
 * <p>This bounds accidents (endless loops, memory, output, stray processes); it does not isolate hostile code, which has all the rights of
 * the user who runs it.
 */
@NullMarked
package dev.chiron.sandbox.run;

import org.jspecify.annotations.NullMarked;
