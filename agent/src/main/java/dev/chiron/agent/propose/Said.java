package dev.chiron.agent.propose;

import dev.chiron.prompts.describe.Remark;
import java.util.List;

/**
 * What was said in a study beside its trials.
 *
 * @param notes what the user has said, the newest last
 * @param remarks what models have written down of trials, in order
 */
record Said(List<String> notes, List<Remark> remarks) {

    /** Copies the lists. */
    Said {
        notes = List.copyOf(notes);
        remarks = List.copyOf(remarks);
    }
}
