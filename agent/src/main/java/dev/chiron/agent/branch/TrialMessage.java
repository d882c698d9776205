package dev.chiron.agent.branch;

import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.optimizers.study.History;
import java.nio.file.Path;

/** What the commit says that takes a trial into the person's script. */
public final class TrialMessage {

    private final KeptMessage message;

    /** @param study the study's folder, whose name is given */
    public TrialMessage(Spec spec, Path study) {
        this.message = new KeptMessage(spec.objective(), BranchPoint.name(study));
    }

    /** The message of a trial: its value beside the baseline's, and all that it changes. */
    public String text(Entry entry, History history) {
        return message.applied(entry, history);
    }
}
