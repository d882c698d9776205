package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.Spec;
import java.util.List;

/** The models of a task: of a study that runs those that answer, of one that is only gone through such as never do. */
interface Members {

    /** In the task's order; none where it asks none. */
    List<Panel.Member> members(Spec now);

    /**
     * Looks whether a task's models can be had.
     *
     * @throws BadInput if a name, an address, a key or a price is missing
     */
    void check(Spec now);
}
