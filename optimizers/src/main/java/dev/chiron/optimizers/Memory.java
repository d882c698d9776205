package dev.chiron.optimizers;

import dev.chiron.optimizers.space.Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a method that models all observations anew has been asked and told: grows with each. */
public final class Memory {

    private final List<Observation> observations = new ArrayList<>();
    private final List<Config> pending = new ArrayList<>();

    /** An empty memory. */
    public Memory() {}

    /** The memory that had this state. */
    public Memory(OptimizerState.Memory state) {
        observations.addAll(state.observations());
        pending.addAll(state.pending());
    }

    /** All that was told, oldest first; read-only. */
    public List<Observation> observations() {
        return Collections.unmodifiableList(observations);
    }

    /** What was asked for and not yet told, oldest first; read-only. */
    public List<Config> pending() {
        return Collections.unmodifiableList(pending);
    }

    /** This config was asked for. */
    public void asked(Config config) {
        pending.add(config);
    }

    /** This config is run, whether it was asked for here or not. */
    public void expected(Config config) {
        if (!pending.contains(config)) {
            pending.add(config);
        }
    }

    /** This was told, whoever proposed it. */
    public void told(Observation observation) {
        withdrawn(observation.config());
        observations.add(observation);
    }

    /** This config is not waited for any more. */
    public void withdrawn(Config config) {
        pending.remove(config);
    }

    /** What {@link #Memory(OptimizerState.Memory)} continues from. */
    public OptimizerState.Memory state() {
        return new OptimizerState.Memory(List.copyOf(observations), List.copyOf(pending));
    }
}
