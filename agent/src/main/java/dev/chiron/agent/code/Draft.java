package dev.chiron.agent.code;

import dev.chiron.optimizers.study.Change;

/** What became of an edit that a model wrote down. */
sealed interface Draft {

    /** It can be run. */
    record Ready(Change.Edit change) implements Draft {}

    /**
     * It cannot.
     *
     * @param reason for the model
     * @param misformed whether it could not even be applied, so that another form of edit may suit the model better
     */
    record Refused(String reason, boolean misformed) implements Draft {}
}
