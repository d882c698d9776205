package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Change;
import java.nio.file.Path;

/** Runs a training with a change, and says what came of it. */
public interface Runner {

    /**
     * Runs it once and waits. Every failure, also of the machine, is an outcome.
     *
     * @param workspace an empty folder to work in
     * @param holdout whether it is measured on the hold-out, too, where the task has one
     * @throws InterruptedException if this thread was interrupted; all processes of the run have been ended
     */
    Execution run(Change change, Path workspace, boolean holdout) throws InterruptedException;

    /**
     * The same under watch. A runner that cannot show a run's values before its end lets it come to that.
     *
     * @param watch of this run alone; if it has the run stopped, the outcome is {@link dev.chiron.optimizers.study.Outcome.Pruned}, and
     *     {@link dev.chiron.optimizers.study.Outcome.Reason#DIVERGED} where the value at which it did so is not finite
     */
    default Execution run(Change change, Path workspace, boolean holdout, Watch watch) throws InterruptedException {
        return run(change, workspace, holdout);
    }

    /** The same without the hold-out. */
    default Execution run(Change change, Path workspace) throws InterruptedException {
        return run(change, workspace, false);
    }
}
