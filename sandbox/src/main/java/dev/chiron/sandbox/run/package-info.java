/**
 * Runs a training script with a config: in a copy of its project, under limits, in a clean environment, with nothing left behind.
 *
 * <p>What keeps a run from the rest of the machine is in {@code dev.chiron.sandbox.isolate}; this package only bounds it (time, memory,
 * processes, output, disk) and reads what it says without trusting it.
 */
@NullMarked
package dev.chiron.sandbox.run;

import org.jspecify.annotations.NullMarked;
