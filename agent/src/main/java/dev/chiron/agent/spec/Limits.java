package dev.chiron.agent.spec;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one run may use; what is empty has no limit.
 *
 * @param time wall clock
 * @param memory bytes
 * @param output bytes of stdout and stderr together
 * @param disk bytes written below the workspace
 */
public record Limits(Duration time, OptionalLong memory, OptionalInt processes, long output, OptionalLong disk) {}
