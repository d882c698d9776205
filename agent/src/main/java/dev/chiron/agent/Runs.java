package dev.chiron.agent;

import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Watch;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The trials that the crew has. One whose run the machine broke, or that crashed and that its proposer has mended, is run again as the same
 * trial.
 */
final class Runs {

    /** Runs of one trial that may fail by the machine's fault before the trial is given up. */
    private static final int ATTEMPTS = 3;

    private final StudyFolder folder;
    private final Crew crew;
    private final Proposer proposer;
    private final History history;
    private final Event.Listener listener;
    private final Control control;
    private final Pruning pruning;
    private final int lag;
    private final TreeMap<Integer, Run> runs = new TreeMap<>();

    private static final class Run {
        private final int number;
        private Proposal.Try proposal;
        private int attempts = 1;
        private boolean shown;
        private boolean mended;

        Run(int number, Proposal.Try proposal) {
            this.number = number;
            this.proposal = proposal;
        }
    }

    /**
     * A trial that was run.
     *
     * @param tried what was run, perhaps mended
     */
    record Done(int number, Proposal.Try tried, Execution execution, Optional<String> gpu) {}

    /** @param lag decisions about a run know of the trials so many numbers before it, and of none later; 0 for all that have ended by then */
    Runs(
            StudyFolder folder,
            Crew crew,
            Proposer proposer,
            History history,
            Event.Listener listener,
            Control control,
            Pruning pruning,
            int lag) {
        this.folder = folder;
        this.crew = crew;
        this.proposer = proposer;
        this.history = history;
        this.listener = listener;
        this.control = control;
        this.pruning = pruning;
        this.lag = lag;
    }

    /** Whether the crew has none. */
    boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Hands a trial over. */
    void begin(int number, Proposal.Try proposal) {
        Run run = new Run(number, proposal);
        runs.put(number, run);
        submit(run);
    }

    /** Hands a trial over that a free worker begins now. */
    void beginAtOnce(int number, Proposal.Try proposal, Runnable shown) {
        Run run = new Run(number, proposal);
        runs.put(number, run);
        show(run);
        shown.run();
        submit(run);
    }

    private void submit(Run run) {
        Pending trial = new Pending(run.number, run.proposal.change(), run.proposal.origin());
        Watch watch = lag == 0
                ? pruning.watch(run.number, trial.origin(), trial.change())
                : pruning.watch(run.number, trial.origin(), trial.change(), run.number - lag + 1);
        crew.submit(new Crew.Job(trial, history.needsHoldout(), watch, () -> pruning.files(trial.number())));
    }

    private void show(Run run) {
        if (!run.shown) {
            run.shown = true;
            listener.on(new Event.Running(run.number, run.proposal));
        }
    }

    /** Takes back what no worker has begun. */
    void hold() {
        crew.hold().forEach(runs::remove);
    }

    /** Waits until something happens; what was run, if it is that. */
    Optional<Done> await() throws InterruptedException {
        Optional<Crew.Report> report = crew.await();
        if (report.isEmpty()) {
            return Optional.empty();
        }
        if (report.get() instanceof Crew.Report.Begun begun) {
            show(run(begun.number()));
            return Optional.empty();
        } else if (report.get() instanceof Crew.Report.Ended ended) {
            Run run = run(ended.number());
            if (isRunAgain(run, ended.execution()) || isMended(run, ended.execution())) {
                submit(run);
                return Optional.empty();
            }
            runs.remove(run.number);
            return Optional.of(new Done(run.number, run.proposal, ended.execution(), ended.gpu()));
        }
        throw new AssertionError(report);
    }

    private Run run(int number) {
        Run run = runs.get(number);
        if (run == null) {
            throw new IllegalStateException("trial " + number + " was not handed over");
        }
        return run;
    }

    /** Whether the machine broke, and it is tried again. */
    private boolean isRunAgain(Run run, Execution execution) {
        if (!isBroken(execution.outcome()) || run.attempts >= ATTEMPTS) {
            return false;
        }
        Outcome.Failed failure = (Outcome.Failed) execution.outcome();
        folder.appendAttempt(run.number, failure, execution.took());
        listener.on(new Event.Retrying(run.number, run.attempts, failure));
        run.attempts++;
        return true;
    }

    /** Whether it crashed and its author has mended it, to be run in its place; what it was is written down, and is no trial. */
    private boolean isMended(Run run, Execution execution) throws InterruptedException {
        Proposal.Try broken = run.proposal;
        boolean mayBe = !run.mended
                && isCrashed(execution.outcome())
                && !broken.origin().isCheck();
        if (!mayBe || control.isStopping()) {
            return false;
        }
        Optional<Proposal.Try> mended = proposer.mended(broken, execution, history);
        if (mended.isEmpty()) {
            return false;
        }
        run.mended = true;
        run.proposal = mended.get();
        if (mended.get().change().equals(broken.change())) {
            return false;
        }
        run.attempts = 1;
        Outcome.Failed failure = (Outcome.Failed) execution.outcome();
        folder.appendAttempt(run.number, failure, execution.took());
        listener.on(new Event.Mending(run.number, failure));
        return true;
    }

    static boolean isCrashed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.CRASHED;
    }

    static boolean isBroken(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE;
    }
}
