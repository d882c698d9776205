package dev.chiron.evals.compare;

import dev.chiron.evals.task.EvalTask;
import java.util.function.LongSupplier;

/** Runs a method on a task as a study would, but in memory: no process, no journal. */
public final class Trials {

    /** How often the last incumbent is measured again. */
    static final int AGAIN = 5;

    private final LongSupplier nanoTime;

    /** @param nanoTime a clock for what ask and tell take, in nanoseconds */
    public Trials(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * The task's {@linkplain EvalTask#initial initial configs} come first, under the baseline's origin; a method whose task has no
     * baseline starts at the middle of the space, which is not run. Ends early if every config has been tried. Where configs are trained for a
     * part first, a trial is as many of these as make a whole training, and its value that of the best whole training so far.
     *
     * @throws InterruptedException if the thread is interrupted while a model is asked
     */
    public Run run(EvalTask task, Contender contender, long seed, int trials) throws InterruptedException {
        if (contender.parts().isPresent()) {
            return new PartRehearsal(task, contender, seed, nanoTime).run(trials);
        }
        return new Rehearsal(task, contender, seed, nanoTime).run(trials);
    }
}
