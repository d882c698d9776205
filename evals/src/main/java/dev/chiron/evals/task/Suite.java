package dev.chiron.evals.task;

import dev.chiron.evals.surrogate.Card;
import java.util.List;
import java.util.Optional;

/** Tasks that belong together, because they are of one kind or need the same data. */
public interface Suite {

    /** A name that stands for all of {@link #tasks} where a list of tasks is asked for. */
    String name();

    /** What its tasks are and where they come from, in a line. */
    String line();

    /** The names of the tasks that are listed and run; {@link #find} may know more. */
    List<String> tasks();

    /** What must be given before its tasks can be used, as a sentence for the user; empty if they can. */
    Optional<String> missing();

    /**
     * The task of that name; empty if it is none of this suite.
     *
     * @throws dev.chiron.agent.BadInput if the name is one of this suite but its data is {@link #missing} or damaged
     */
    Optional<EvalTask> find(String task);

    /**
     * How far a task of this suite that was fitted to recorded trainings can be believed; empty for any other task. Takes a minute or
     * more.
     *
     * @throws dev.chiron.agent.BadInput as {@link #find}
     */
    default Optional<Card> card(String task) {
        return Optional.empty();
    }
}
