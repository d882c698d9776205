package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.isolate.Containment;
import java.util.Optional;

/**
 * A trial as the journal holds it.
 *
 * @param turn what happened on the model's turn if it was one
 * @param containment how the run was kept in; empty if it never started, or that was not written down
 */
public record Entry(Trial trial, Optional<ModelTurn> turn, Optional<Containment> containment) {

    /** One of which it is not known how it was kept in. */
    public Entry(Trial trial, Optional<ModelTurn> turn) {
        this(trial, turn, Optional.empty());
    }
}
