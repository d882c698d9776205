package dev.chiron.agent.spec;

/**
 * How much is kept of what trials save.
 *
 * @param keep bytes of disk that all checkpoints together may take, but for those that are still needed
 */
public record CheckpointSpec(long keep) {}
