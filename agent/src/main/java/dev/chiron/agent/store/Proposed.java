package dev.chiron.agent.store;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Pending;
import java.util.Optional;

/**
 * A trial that was proposed while others were running, as the journal holds it: what was known then are the lines before. With one trial at
 * a time there are none, since what was known is plain.
 *
 * @param turn what happened on the model's turn if it was one
 */
public record Proposed(int number, Change change, Origin origin, Optional<ModelTurn> turn) implements Happening {

    /** The trial while its outcome is not known. */
    public Pending pending() {
        return new Pending(number, change, origin);
    }
}
