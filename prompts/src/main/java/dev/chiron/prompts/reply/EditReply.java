package dev.chiron.prompts.reply;

import dev.chiron.optimizers.study.Patch;

/** What a model's reply comes to that was asked for an edit. */
public sealed interface EditReply {

    /**
     * An edit, not yet applied.
     *
     * @param idea what it is meant to do, in a line; never empty
     */
    record Proposed(String idea, Patch patch) implements EditReply {}

    /** The reply cannot be used, for a reason that the model can act on; one line. */
    record Rejected(String reason) implements EditReply {}
}
