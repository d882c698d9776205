package dev.chiron.sandbox.run;

import java.util.Optional;

/**
 * That a task's runs save checkpoints and go on from others'.
 *
 * @param checkpoints where they lie
 * @param merge the command line that makes one checkpoint of several; empty where none is ever asked for
 */
public record Saving(Checkpoints checkpoints, Optional<String> merge) {}
