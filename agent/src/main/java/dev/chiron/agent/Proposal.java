package dev.chiron.agent;

import dev.chiron.agent.store.ModelTurn;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import java.util.Optional;

/** What a proposer came up with. */
public sealed interface Proposal {

    /**
     * Something to run.
     *
     * @param origin who really proposed it
     * @param turn what happened with the model, if this was its turn
     */
    record Try(Change change, Origin origin, Optional<ModelTurn> turn) implements Proposal {}

    /** Nothing for now: what comes next hangs on trials that are running. */
    record Wait() implements Proposal {}

    /** Nothing: the study ends here. */
    record Stop(End end, String why) implements Proposal {}
}
