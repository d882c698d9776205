package dev.chiron.prompts.reply;

import java.util.List;

/** What a model's reply comes to. */
public sealed interface Reply {

    /**
     * Something to choose from.
     *
     * @param candidates at least one, all different, in the model's order, which is from best to worst
     * @param dropped why others of the reply cannot be used, in a line each
     */
    record Candidates(List<Candidate> candidates, List<String> dropped) implements Reply {
        public Candidates {
            candidates = List.copyOf(candidates);
            dropped = List.copyOf(dropped);
        }
    }

    /** The reply cannot be used, for a reason that the model can act on; one line. */
    record Rejected(String reason) implements Reply {}
}
