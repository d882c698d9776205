package dev.chiron.agent;

import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who runs a study's trials: workers, each of which runs one at a time. What is handed over is begun in that order, as soon as a worker is
 * free; what came of it is reported in the order in which it came. For the loop's thread, but for {@link #wake}.
 */
public interface Crew extends AutoCloseable {

    /**
     * A trial to run.
     *
     * @param holdout whether it is measured on the hold-out, too
     * @param watch looks on while it runs
     * @param notes what is to be kept in the trial's folder once it has run, by file name; for any thread
     */
    record Job(Pending trial, boolean holdout, Watch watch, Supplier<Map<String, String>> notes) {

        /** The trial's number. */
        public int number() {
            return trial.number();
        }

        /** What it tries. */
        public Change change() {
            return trial.change();
        }
    }

    /** What happened. */
    sealed interface Report {

        /** A worker has begun a trial. */
        record Begun(int number) implements Report {}

        /**
         * A worker has run a trial.
         *
         * @param gpu the worker's own; empty if it has none
         */
        record Ended(int number, Execution execution, Optional<String> gpu) implements Report {}
    }

    /** How many workers there are. */
    int size();

    /** Hands a trial over, which may be one that has ended and is to be run again. */
    void submit(Job job);

    /**
     * Waits for the next report.
     *
     * @return empty if it was {@linkplain #wake woken}, or nothing is handed over
     * @throws InterruptedException if this thread was interrupted, or a run was given up
     */
    Optional<Report> await() throws InterruptedException;

    /** Ends a wait, or the next one; may be called by any thread. */
    void wake();

    /**
     * Begins nothing more: what runs is run to its end, and the rest is given back.
     *
     * @return the numbers of those that were given back
     */
    List<Integer> hold();

    /**
     * How busy the workers were until now.
     *
     * @param away the time that does not count, since nothing was to be done
     */
    Utilisation utilisation(Duration away);

    /** Gives up what is running; no process of it is left. */
    @Override
    void close();
}
