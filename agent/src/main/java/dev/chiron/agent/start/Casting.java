package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.Trial;
import java.util.List;
import java.util.Optional;

/** Puts together who proposes, for a task as it is in force. */
interface Casting {

    /**
     * Who proposes in a course from its beginning, or from where it was kept.
     *
     * @param saved what was kept in that course; empty to begin with the first trial
     */
    Proposer begin(Course course, Optional<StudyFolder.Saved> saved);

    /**
     * Who goes on in another course.
     *
     * @param left what has proposed until now knew, in the course before
     * @param seen the trials so far that have a place in the course now
     * @param trials how many there are in all
     */
    Proposer go(Left left, Course now, List<Trial> seen, int trials);

    /** Whether a proposer knows all of its trials by its state, so that it need not go through them again. */
    boolean remembers();

    /**
     * Looks whether another course can be had.
     *
     * @throws BadInput if it would need what is not there, such as the key of a model
     */
    void check(Course before, Course now);

    /** What somebody leaves behind who proposes no more. */
    record Left(Course course, Optional<OptimizerState> state, Optional<Ahead> ahead) {}
}
