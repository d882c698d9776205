package dev.chiron.evals.autoresearch;

import dev.chiron.optimizers.space.Config;
import java.util.OptionalDouble;

/**
 * A training that was really run.
 *
 * @param run the method and seed of the study that it belongs to
 * @param value val_bpb; empty if it failed
 * @param seconds of wall time
 */
record RecordedTrial(String run, Config config, OptionalDouble value, double seconds) {}
