package dev.chiron.optimizers.importance;

import dev.chiron.optimizers.space.Config;

/** A config and the loss measured of it, finite; small is good. */
public record Case(Config config, double loss) {}
