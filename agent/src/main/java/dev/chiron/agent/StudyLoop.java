package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Wishes;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The life of a study: propose, run, write down, tell, until the budget is spent. What stands in the journal is all that
 * it needs to go on after a stop of any kind, and it goes on as if it had never stopped.
 */
public final class StudyLoop {

    /** Runs of one trial that may fail by the machine's fault before the trial is given up. */
    private static final int ATTEMPTS = 3;

    /** Trials in a row given up by the machine's fault before the study stops. */
    private static final int BROKEN_TRIALS = 3;

    private final StudyFolder folder;
    private final Proposer proposer;
    private final Runner runner;
    private final Event.Listener listener;
    private final Control control;
    private final History history;
    private final List<Entry> entries = new ArrayList<>();
    private final int before;
    private final Supplier<List<Unused>> answered;
    private final Helm helm;
    private final Pruning pruning;
    private final List<Taken> steerings = new ArrayList<>();
    private final Wishes wishes = new Wishes();
    private int budgeted; // trials that count towards the budget
    private Duration trained = Duration.ZERO;
    private Optional<Proposal.Stop> finished = Optional.empty(); // why nothing more is proposed in this session

    /** A loop over a study without repeats, whose models are paid by nobody; else as below. */
    public StudyLoop(
            StudyFolder folder,
            Objective objective,
            Proposer proposer,
            int told,
            Runner runner,
            Event.Listener listener,
            Control control) {
        this(folder, new History(objective), proposer, told, runner, listener, control, List::of);
    }

    /**
     * A loop over a study, caught up with its journal.
     *
     * @param history empty; says what is run again
     * @param told the number of trials that the proposer's state already knows
     * @param answered what models have answered in this session, used or not
     */
    public StudyLoop(
            StudyFolder folder,
            History history,
            Proposer proposer,
            int told,
            Runner runner,
            Event.Listener listener,
            Control control,
            Supplier<List<Unused>> answered) {
        this(
                folder,
                history,
                proposer,
                told,
                runner,
                listener,
                control,
                answered,
                Helm.LASHED,
                Pruning.none(history.objective()));
    }

    /**
     * The same of a study that can be steered, and whose runs may be stopped early.
     *
     * @param helm where it is
     * @param pruning who stops them; knows of no trial yet
     */
    public StudyLoop(
            StudyFolder folder,
            History history,
            Proposer proposer,
            int told,
            Runner runner,
            Event.Listener listener,
            Control control,
            Supplier<List<Unused>> answered,
            Helm helm,
            Pruning pruning) {
        this.helm = helm;
        this.pruning = pruning;
        this.folder = folder;
        this.proposer = proposer;
        this.runner = runner;
        this.listener = listener;
        this.control = control;
        this.history = history;
        this.answered = answered;
        for (Entry entry : folder.recording().entries()) {
            catchUp(entry.trial().number());
            catchUp(entry, told);
            remember(entry);
        }
        catchUp(entries.size());
        this.before = entries.size();
    }

    /** Takes up what was steered before the trial of that number. */
    private void catchUp(int trial) {
        List<Taken> all = folder.recording().steerings();
        while (steerings.size() < all.size() && all.get(steerings.size()).trials() <= trial) {
            take(all.get(steerings.size()));
        }
    }

    private void catchUp(Entry entry, int told) {
        Origin origin = entry.trial().origin();
        if (origin.isCheck()) {
            return;
        }
        if (origin.isWished() && entry.trial().number() >= told) {
            proposer.observe(entry, history);
        } else if (entry.trial().number() >= told) {
            proposer.replay(entry, history);
        } else {
            proposer.recall(entry, history);
        }
    }

    /**
     * Runs until the budget is spent or something ends the study.
     *
     * @param baseline what trial 0 runs
     */
    public End run(Config baseline, Budget budget) {
        listener.on(new Event.Started(List.copyOf(entries), history));
        Proposal.Stop stop;
        try {
            stop = loop(baseline, budget);
        } catch (InterruptedException e) {
            stop = new Proposal.Stop(End.INTERRUPTED, "stopped; the running trial was given up");
        } finally {
            proposer.close();
            control.close();
        }
        End end = stop.end() == End.DONE && history.incumbent().isEmpty() ? End.NOTHING_MEASURED : stop.end();
        listener.on(new Event.Ended(end, stop.why(), List.copyOf(entries), unused(), history));
        return end;
    }

    /** What was asked in vain, here and before: written down where it is new. */
    private List<Unused> unused() {
        List<Unused> now = Unused.without(entries, answered.get());
        List<Unused> all = new ArrayList<>(folder.unused());
        if (!all.containsAll(now)) {
            folder.append(now);
        }
        all.addAll(now);
        return Unused.without(entries, all);
    }

    private Proposal.Stop loop(Config baseline, Budget begun) throws InterruptedException {
        while (true) {
            steer();
            if (control.isIdle()) {
                await("paused");
                continue;
            }
            Optional<Proposal.Stop> stop = reasonToStop();
            if (stop.isPresent()) {
                return stop.get();
            }
            int number = history.trials().size();
            Optional<Steering.Told> told = wishes.next()
                    .flatMap(wish ->
                            wish instanceof Steering.Told one && number > 0 ? Optional.of(one) : Optional.empty());
            if (told.isPresent()) {
                record(number, told.get());
                continue;
            }
            Budget budget = helm.budget(begun);
            listener.on(new Event.Proposing(number));
            Proposal proposal = next(baseline, budget);
            if (proposal instanceof Proposal.Stop end) {
                if (end.end() == End.DONE && control.waitsWhenDone()) {
                    await(end.why());
                    continue;
                }
                return end;
            }
            control.begin();
            stop = run(number, (Proposal.Try) proposal, budget);
            if (stop.isPresent()) {
                return stop.get();
            }
        }
    }

    /** A trial that was measured elsewhere. */
    private void record(int number, Steering.Told told) {
        control.begin();
        Trial trial = new Trial(number, told.change(), told.origin(), told.outcome(), Duration.ZERO);
        finish(new Entry(trial, Optional.empty()));
    }

    private void await(String why) throws InterruptedException {
        listener.on(new Event.Waiting(why, history));
        control.await();
    }

    /** Takes up what was asked for since the last trial: written down first, as a trial is. */
    private void steer() throws InterruptedException {
        for (List<Control.Wish> next = control.next(); !next.isEmpty(); next = control.next()) {
            Control.Wish wish = next.get(0);
            try {
                Taken taken = new Taken(steerings.size() + 1, history.trials().size(), checked(wish.steering()));
                folder.append(taken);
                take(taken);
                proposer.state().ifPresent(state -> folder.save(state, proposer.ahead()));
                listener.on(new Event.Steered(taken, history));
                wish.answer().complete(taken);
            } catch (BadInput e) {
                listener.on(new Event.Unsteered(wish.steering(), String.valueOf(e.getMessage())));
                wish.answer().completeExceptionally(e);
            }
        }
    }

    private Steering checked(Steering steering) throws InterruptedException {
        if (steering instanceof Steering.Undo undo && wishes.isWaiting(undo.number())) {
            return steering;
        }
        Steering exact = helm.checked(steering, history);
        if (exact instanceof Steering.Wish wish && !wish.again()) {
            wishes.same(wish).ifPresent(other -> {
                throw new BadInput(wish.text() + ": steering " + other.number() + " has it run next already");
            });
        }
        return exact;
    }

    /** Once in the journal it holds, in this session and those after it. */
    private void take(Taken taken) {
        steerings.add(taken);
        finished = Optional.empty();
        wishes.take(taken);
        helm.take(taken, history);
    }

    /** Repeats come first, since what is the incumbent decides what is proposed; no proposer is asked for them. */
    private Proposal next(Config baseline, Budget budget) throws InterruptedException {
        Optional<Steering.Wish> wish =
                wishes.next().filter(next -> !history.trials().isEmpty());
        if (wish.isPresent()) {
            // whoever steers has the next trial, also when the budget is spent
            return new Proposal.Try(wish.get().change(), wish.get().origin(), Optional.empty());
        }
        if (finished.isEmpty() && !budget.allows(budgeted, trained)) {
            finished = Optional.of(new Proposal.Stop(End.DONE, "the budget is spent"));
        }
        if (finished.isPresent()) {
            return afterwards(finished.get());
        }
        if (history.trials().isEmpty()) {
            return new Proposal.Try(new Change.Settings(baseline), Origin.BASELINE, Optional.empty());
        }
        Optional<Trial> rerun = history.rerun();
        if (rerun.isPresent()) {
            return new Proposal.Try(rerun.get().change(), Origin.REPEAT, Optional.empty());
        }
        Proposal proposal = proposer.propose(history);
        if (proposal instanceof Proposal.Stop stop && stop.end() == End.DONE) {
            finished = Optional.of(stop);
            return afterwards(stop);
        }
        return proposal;
    }

    /** What is still run when nothing more is proposed. */
    private Proposal afterwards(Proposal.Stop stop) {
        return history.trials().isEmpty()
                ? stop
                : proposer.afterwards(history).<Proposal>map(last -> last).orElse(stop);
    }

    private Optional<Proposal.Stop> reasonToStop() {
        if (control.isStopping()) {
            return Optional.of(new Proposal.Stop(End.INTERRUPTED, "paused"));
        }
        List<Trial> last = history.last(Math.min(BROKEN_TRIALS, entries.size() - before)); // of this session
        if (last.size() == BROKEN_TRIALS && last.stream().allMatch(trial -> isBroken(trial.outcome()))) {
            String detail = ((Outcome.Failed) last.get(0).outcome()).detail();
            return Optional.of(new Proposal.Stop(
                    End.BROKEN_MACHINE, "the machine failed " + BROKEN_TRIALS + " trials in a row: " + detail));
        }
        return Optional.empty();
    }

    private void remember(Entry entry) {
        history.add(entry.trial());
        pruning.remember(
                entry.trial(), () -> folder.files(entry.trial().number()).curve(Pruning.FILE));
        entries.add(entry);
        wishes.run(entry.trial());
        if (!entry.trial().origin().isOnTop()) {
            budgeted++;
            trained = trained.plus(entry.trial().took());
        }
    }

    private Optional<Proposal.Stop> run(int number, Proposal.Try proposal, Budget budget) throws InterruptedException {
        listener.on(new Event.Running(number, proposal));
        if (!proposal.origin().isCheck() && !proposal.origin().isWished()) {
            proposer.running(proposal, history, budget.allows(budgeted + 1, trained));
        }
        Execution execution = execute(number, proposal);
        Optional<Proposal.Try> mended = control.isStopping() ? Optional.empty() : mended(number, proposal, execution);
        Proposal.Try tried = mended.orElse(proposal);
        if (!tried.change().equals(proposal.change())) {
            execution = execute(number, tried);
        }
        if (control.isStopping() && isCrashed(execution.outcome())) {
            // where a run cannot have a session of its own, the Ctrl-C that asked for the pause has reached it, too
            return Optional.of(new Proposal.Stop(End.INTERRUPTED, "paused; the running trial was given up"));
        }
        folder.keep(number, TrialFiles.of(execution));
        folder.keep(number, pruning.files(number));
        Trial trial = new Trial(number, tried.change(), tried.origin(), execution.outcome(), execution.took());
        if (number == 0 && execution.outcome() instanceof Outcome.Failed failure) {
            return Optional.of(baselineFailed(trial, failure));
        }
        finish(new Entry(withoutCurve(trial), tried.turn(), execution.containment()));
        return Optional.empty();
    }

    /** Runs a change, again where the machine broke. */
    private Execution execute(int number, Proposal.Try proposal) throws InterruptedException {
        Execution execution = once(number, proposal);
        for (int attempt = 1; attempt < ATTEMPTS && isBroken(execution.outcome()); attempt++) {
            Outcome.Failed failure = (Outcome.Failed) execution.outcome();
            folder.appendAttempt(number, failure, execution.took());
            listener.on(new Event.Retrying(number, attempt, failure));
            execution = once(number, proposal);
        }
        return execution;
    }

    private Execution once(int number, Proposal.Try proposal) throws InterruptedException {
        Change change = proposal.change();
        return runner.run(
                change, folder.workspace(), history.needsHoldout(), pruning.watch(number, proposal.origin(), change));
    }

    /** The proposal mended by who made it, if it crashed and may be; what it was is written down, and is no trial. */
    private Optional<Proposal.Try> mended(int number, Proposal.Try broken, Execution execution)
            throws InterruptedException {
        if (!isCrashed(execution.outcome()) || broken.origin().isCheck()) {
            return Optional.empty();
        }
        Optional<Proposal.Try> mended = proposer.mended(broken, execution, history);
        if (mended.isPresent() && !mended.get().change().equals(broken.change())) {
            Outcome.Failed failure = (Outcome.Failed) execution.outcome();
            folder.appendAttempt(number, failure, execution.took());
            listener.on(new Event.Mending(number, failure));
        }
        return mended;
    }

    /** Not a trial: once the script is mended, the next run begins with the baseline again. */
    private Proposal.Stop baselineFailed(Trial trial, Outcome.Failed failure) {
        folder.appendAttempt(0, failure, trial.took());
        listener.on(new Event.BaselineFailed(trial, failure));
        End end = isBroken(failure) ? End.BROKEN_MACHINE : End.BASELINE_FAILED;
        return new Proposal.Stop(end, failure.reason().label() + ": " + failure.detail());
    }

    /** The curve lies in the trial's folder; ten thousand of them do not fit into the memory of a small JVM. */
    private static Trial withoutCurve(Trial trial) {
        Outcome outcome = trial.outcome() instanceof Outcome.Measured measured
                ? measured.withoutCurve()
                : trial.outcome() instanceof Outcome.Pruned pruned ? pruned.withoutCurve() : trial.outcome();
        return new Trial(trial.number(), trial.change(), trial.origin(), outcome, trial.took());
    }

    /** Journal first: nothing sees an outcome that a crash could still lose. */
    private void finish(Entry entry) {
        Trial trial = entry.trial();
        folder.append(entry);
        if (!trial.origin().isCheck()) {
            proposer.observe(entry, history);
        }
        remember(entry);
        proposer.state().ifPresent(state -> folder.save(state, proposer.ahead()));
        listener.on(new Event.Finished(entry, history));
    }

    private static boolean isCrashed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.CRASHED;
    }

    private static boolean isBroken(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE;
    }
}
