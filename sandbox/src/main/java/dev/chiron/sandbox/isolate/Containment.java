package dev.chiron.sandbox.isolate;

/**
 * How a run was kept in.
 *
 * @param counted whether the kernel counted its memory and processes, by control groups; else they were looked at every so often
 */
public record Containment(Isolation level, boolean counted) {}
