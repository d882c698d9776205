package dev.chiron.optimizers.fidelity;

import dev.chiron.optimizers.space.Config;
import java.util.Optional;

/**
 * Which config is trained next, and how long: a new one, or one that has shown something after a part of a training. Depends on what it was
 * told alone, so that one that is told the same again goes on alike. Configs are told apart by their values. Mutable; for one thread.
 */
public interface Schedule {

    /**
     * A run that is wanted next.
     *
     * @param config the config that is promoted; empty for a new one
     * @param rung how long it is trained, see {@link Ladder}
     */
    record Wanted(Optional<Config> config, int rung) {}

    /** What is wanted next; there is always something. */
    Wanted next();

    /** A run was proposed. In the order in which they were. */
    void begin(Config config, int rung);

    /**
     * A run that had begun has ended.
     *
     * @param loss infinite if it failed
     */
    void end(Config config, int rung, double loss);
}
