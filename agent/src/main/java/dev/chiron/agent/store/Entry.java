package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.isolate.Containment;
import java.util.List;
import java.util.Optional;

/**
 * A trial as the journal holds it.
 *
 * @param turn what happened on the model's turn if it was one
 * @param containment how the run was kept in; empty if it never started, or that was not written down
 * @param gpu the GPU that its worker had; empty where workers have none of their own
 * @param advice what a model was asked while it ran, in order
 */
public record Entry(
        Trial trial,
        Optional<ModelTurn> turn,
        Optional<Containment> containment,
        Optional<String> gpu,
        List<Advice> advice)
        implements Happening {

    public Entry {
        advice = List.copyOf(advice);
    }

    /** One during which no model was asked. */
    public Entry(Trial trial, Optional<ModelTurn> turn, Optional<Containment> containment, Optional<String> gpu) {
        this(trial, turn, containment, gpu, List.of());
    }

    /** One whose worker had no GPU of its own. */
    public Entry(Trial trial, Optional<ModelTurn> turn, Optional<Containment> containment) {
        this(trial, turn, containment, Optional.empty());
    }

    /** One of which it is not known how it was kept in. */
    public Entry(Trial trial, Optional<ModelTurn> turn) {
        this(trial, turn, Optional.empty());
    }
}
