package dev.chiron.sandbox.run;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one run may use as the task has it; where that is empty, what the machine can bear.
 *
 * @param time wall clock
 * @param memory bytes of memory, all processes of the run together
 * @param processes processes at one time
 * @param output bytes of stdout and stderr together
 * @param disk bytes added below the workspace
 */
public record Limits(Duration time, OptionalLong memory, OptionalInt processes, long output, OptionalLong disk) {}
