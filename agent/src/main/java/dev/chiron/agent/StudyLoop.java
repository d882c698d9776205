package dev.chiron.agent;

import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Pending;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The life of a study: propose, run, write down, tell, until the budget is spent. What stands in the journal is all that
 * it needs to go on after a stop of any kind, and it goes on as if it had never stopped.
 *
 * <p>This thread alone proposes, writes and tells; a {@link Crew} runs. The baseline is run first and alone, since everything is compared
 * with it, and where it fails there is nothing to improve on.
 */
public final class StudyLoop {

    /** Runs of one trial that may fail by the machine's fault before the trial is given up. */
    private static final int ATTEMPTS = 3;

    /** Trials in a row given up by the machine's fault before the study stops. */
    private static final int BROKEN_TRIALS = 3;

    private final StudyFolder folder;
    private final Proposer proposer;
    private final Crew crew;
    private final Plan plan;
    private final Event.Listener listener;
    private final Control control;
    private final LongSupplier nanos;
    private final History history;
    private final Chronicle chronicle;
    private final Underway underway = new Underway();
    private final Lead lead;
    private final int before;
    private final Supplier<List<Unused>> answered;
    private final Helm helm;
    private Duration away = Duration.ZERO; // in which a person had the loop wait
    private Optional<Proposal.Stop> finished = Optional.empty(); // why nothing more is proposed in this session
    private Optional<Proposal.Stop> ending = Optional.empty(); // why this session ends, once nothing runs any more

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
     * A loop over a study, caught up with its journal, that runs one trial after the other and cannot be steered.
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
        this(folder, history, proposer, told, runner, listener, control, answered, Helm.LASHED);
    }

    /**
     * The same of a study that can be steered.
     *
     * @param helm where it is
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
            Helm helm) {
        this(
                folder,
                history,
                proposer,
                told,
                new LocalCrew(folder, List.of(new LocalCrew.Worker(runner, Optional.empty()))),
                Plan.ALONE,
                listener,
                control,
                answered,
                helm,
                System::nanoTime);
    }

    /**
     * A loop over a study, caught up with its journal.
     *
     * @param history empty; says what is run again
     * @param told the number of trials that the proposer's state already knows
     * @param crew who runs the trials; closed at the end
     * @param plan how many are run at once
     * @param answered what models have answered in this session, used or not
     * @param helm where the study is steered
     * @param nanos a clock, in nanoseconds, by which it is seen how long proposing takes
     */
    public StudyLoop(
            StudyFolder folder,
            History history,
            Proposer proposer,
            int told,
            Crew crew,
            Plan plan,
            Event.Listener listener,
            Control control,
            Supplier<List<Unused>> answered,
            Helm helm,
            LongSupplier nanos) {
        this.folder = folder;
        this.history = history;
        this.proposer = proposer;
        this.crew = crew;
        this.plan = plan;
        this.listener = listener;
        this.control = control;
        this.answered = answered;
        this.helm = helm;
        this.nanos = nanos;
        this.lead = new Lead(plan);
        this.chronicle = new Chronicle(folder, proposer, helm, history);
        chronicle.catchUp(told, plan.deterministic() ? lead.window() : 0);
        this.before = chronicle.entries().size();
    }

    /**
     * Runs until the budget is spent or something ends the study.
     *
     * @param baseline what trial 0 runs
     */
    public End run(Config baseline, Budget budget) {
        listener.on(new Event.Started(chronicle.entries(), chronicle.shown()));
        control.onChange(crew::wake);
        Proposal.Stop stop;
        try {
            stop = loop(baseline, budget);
        } catch (InterruptedException e) {
            stop = new Proposal.Stop(End.INTERRUPTED, "stopped; " + running() + " given up");
        } finally {
            crew.close();
            proposer.close();
            control.close();
        }
        if (!plan.isAlone()) {
            Utilisation worked = crew.utilisation(away);
            folder.append(worked);
            listener.on(new Event.Worked(worked));
        }
        History shown = chronicle.shown();
        End end = stop.end() == End.DONE && shown.incumbent().isEmpty() ? End.NOTHING_MEASURED : stop.end();
        listener.on(new Event.Ended(end, stop.why(), chronicle.entries(), unused(), shown));
        return end;
    }

    private String running() {
        return plan.isAlone() ? "the running trial was" : "the running trials were";
    }

    /** What was asked in vain, here and before: written down where it is new. */
    private List<Unused> unused() {
        List<Unused> now = Unused.without(chronicle.entries(), answered.get());
        List<Unused> all = new ArrayList<>(folder.unused());
        if (!all.containsAll(now)) {
            folder.append(now);
        }
        all.addAll(now);
        return Unused.without(chronicle.entries(), all);
    }

    private Proposal.Stop loop(Config baseline, Budget begun) throws InterruptedException {
        boolean resumed = false;
        while (true) {
            steer();
            if (!control.isIdle()) {
                ending = ending.or(this::reasonToStop);
                if (!resumed && ending.isEmpty()) {
                    resumed = true;
                    resume();
                }
            }
            if (ending.isPresent() && !plan.isAlone()) {
                crew.hold().forEach(underway::remove);
            }
            if (mayPropose(begun)) {
                proposeNext(baseline, begun);
            } else if (!writeNext()) {
                if (!underway.isEmpty()) {
                    settle(crew.await());
                } else if (ending.isPresent()) {
                    return ending.get();
                } else if (control.isIdle()) {
                    await("paused");
                }
            }
        }
    }

    /** Hands over what was under way when an earlier session ended, or takes up what had come of it. */
    private void resume() {
        for (Proposed trial : chronicle.open()) {
            Proposal.Try proposal = new Proposal.Try(trial.change(), trial.origin(), trial.turn());
            Optional<Entry> held = folder.held(trial);
            if (held.isPresent()) {
                Entry ended = held.get();
                ended(new Entry(withoutCurve(ended.trial()), trial.turn(), ended.containment(), ended.gpu()));
            } else {
                underway.begin(trial.number(), proposal);
                crew.submit(new Crew.Job(trial.pending(), history.needsHoldout()));
            }
        }
    }

    private boolean mayPropose(Budget begun) {
        if (ending.isPresent() || control.isIdle() || control.first().isPresent()) {
            return false;
        }
        if (plan.isAlone() || history.trials().isEmpty()) {
            return underway.isEmpty();
        }
        if (chronicle.pending() >= lead.window()) {
            return false;
        }
        return chronicle.wishes().next().isPresent()
                || isQuiet()
                || (finished.isEmpty() && chronicle.allows(helm.budget(begun), 0));
    }

    /** Whether no trial runs, or is ready to run, or has ended and is not written down. */
    private boolean isQuiet() {
        return underway.isEmpty() && chronicle.open().isEmpty();
    }

    private void proposeNext(Config baseline, Budget begun) throws InterruptedException {
        int number = history.next();
        Optional<Steering.Wish> wish = chronicle.wishes().next().filter(next -> number > 0);
        if (wish.isPresent() && wish.get() instanceof Steering.Told told) {
            record(number, told);
            return;
        }
        Budget budget = helm.budget(begun);
        listener.on(new Event.Proposing(number));
        long start = nanos.getAsLong();
        Proposal proposal = next(baseline, budget);
        lead.proposed(nanos.getAsLong() - start);
        if (proposal instanceof Proposal.Try found) {
            control.begin();
            begin(number, found, budget);
        } else if (proposal instanceof Proposal.Stop stop && stop.end() != End.DONE) {
            ending = Optional.of(stop);
        } else if (proposal instanceof Proposal.Stop stop && isQuiet()) {
            if (control.waitsWhenDone()) {
                await(stop.why());
            } else {
                ending = Optional.of(stop);
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
        listener.on(new Event.Waiting(why, chronicle.shown()));
        long start = nanos.getAsLong();
        control.await();
        away = away.plusNanos(nanos.getAsLong() - start);
    }

    /** Takes up what was asked for: written down first, as a trial is. */
    private void steer() throws InterruptedException {
        while (control.first().filter(this::mayTake).isPresent()) {
            for (Control.Wish wish : control.next()) {
                try {
                    chronicle.tellAll();
                    Taken taken =
                            new Taken(chronicle.nextSteering(), history.trials().size(), checked(wish.steering()));
                    finished = Optional.empty();
                    chronicle.steer(taken);
                    listener.on(new Event.Steered(taken, chronicle.shown()));
                    wish.answer().complete(taken);
                } catch (BadInput e) {
                    listener.on(new Event.Unsteered(wish.steering(), String.valueOf(e.getMessage())));
                    wish.answer().completeExceptionally(e);
                }
            }
        }
    }

    /** What changes who proposes, or where, waits until no trial runs that was proposed before: nothing is proposed meanwhile. */
    private boolean mayTake(Steering steering) {
        return isQuiet() || (!plan.isAlone() && !history.trials().isEmpty() && changesNobody(steering));
    }

    private boolean changesNobody(Steering steering) {
        return steering instanceof Steering.Wish
                || steering instanceof Steering.Note
                || steering instanceof Steering.Forget
                || (steering instanceof Steering.Limit limit && limit.llmUsd().isEmpty())
                || (steering instanceof Steering.Undo undo && chronicle.wishes().isWaiting(undo.number()));
    }

    private Steering checked(Steering steering) throws InterruptedException {
        if (steering instanceof Steering.Undo undo && chronicle.wishes().isWaiting(undo.number())) {
            return steering;
        }
        Steering exact = helm.checked(steering, history);
        if (exact instanceof Steering.Wish wish && !wish.again()) {
            chronicle.wishes().same(wish).ifPresent(other -> {
                throw new BadInput(wish.text() + ": steering " + other.number() + " has it run next already");
            });
        }
        return exact;
    }

    /** Repeats come first, since what is the incumbent decides what is proposed; no proposer is asked for them. */
    private Proposal next(Config baseline, Budget budget) throws InterruptedException {
        Optional<Steering.Wish> wish =
                chronicle.wishes().next().filter(next -> !history.trials().isEmpty());
        if (wish.isPresent()) {
            // whoever steers has the next trial, also when the budget is spent
            return new Proposal.Try(wish.get().change(), wish.get().origin(), Optional.empty());
        }
        if (finished.isEmpty() && !chronicle.allows(budget, 0)) {
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
        List<Entry> last = chronicle.last(BROKEN_TRIALS, before); // of this session
        if (last.size() == BROKEN_TRIALS
                && last.stream().allMatch(entry -> isBroken(entry.trial().outcome()))) {
            String detail = ((Outcome.Failed) last.get(0).trial().outcome()).detail();
            return Optional.of(new Proposal.Stop(
                    End.BROKEN_MACHINE, "the machine failed " + BROKEN_TRIALS + " trials in a row: " + detail));
        }
        return Optional.empty();
    }

    private void begin(int number, Proposal.Try proposal, Budget budget) {
        Underway.Trial trial = underway.begin(number, proposal);
        Proposed proposed = new Proposed(number, proposal.change(), proposal.origin(), proposal.turn());
        if (plan.isAlone()) {
            show(trial);
            if (!proposal.origin().isCheck() && !proposal.origin().isWished()) {
                proposer.running(proposal, history, chronicle.allows(budget, 1));
            }
        } else if (number > 0) {
            chronicle.propose(proposed);
        }
        crew.submit(new Crew.Job(proposed.pending(), history.needsHoldout()));
    }

    private void show(Underway.Trial trial) {
        if (trial.isFirst()) {
            listener.on(new Event.Running(trial.number(), trial.proposal()));
        }
    }

    private void settle(Optional<Crew.Report> report) throws InterruptedException {
        if (report.isEmpty()) {
            return;
        }
        if (report.get() instanceof Crew.Report.Begun begun) {
            show(underway.trial(begun.number()));
        } else if (report.get() instanceof Crew.Report.Ended end) {
            ended(underway.trial(end.number()), end);
        } else {
            throw new AssertionError(report);
        }
    }

    private void ended(Underway.Trial trial, Crew.Report.Ended end) throws InterruptedException {
        Execution execution = end.execution();
        if (isRunAgain(trial, execution) || isMended(trial, execution)) {
            Proposal.Try proposal = trial.proposal();
            Pending again = new Pending(trial.number(), proposal.change(), proposal.origin());
            crew.submit(new Crew.Job(again, history.needsHoldout()));
            return;
        }
        underway.remove(trial.number());
        if (control.isStopping() && isCrashed(execution.outcome())) {
            // where a run cannot have a session of its own, the Ctrl-C that asked for the pause has reached it, too
            folder.release(trial.number());
            ending = Optional.of(new Proposal.Stop(End.INTERRUPTED, "paused; " + running() + " given up"));
            return;
        }
        lead.ran(execution.took().toNanos());
        if (plan.isAlone() || isBroken(execution.outcome())) { // else its worker has kept them
            folder.keep(trial.number(), TrialFiles.of(execution));
        }
        Proposal.Try tried = trial.proposal();
        Trial done = new Trial(trial.number(), tried.change(), tried.origin(), execution.outcome(), execution.took());
        if (trial.number() == 0 && execution.outcome() instanceof Outcome.Failed failure) {
            folder.release(0);
            ending = Optional.of(baselineFailed(done, failure));
            return;
        }
        ended(new Entry(withoutCurve(done), tried.turn(), execution.containment(), end.gpu()));
    }

    /** Whether the machine broke, and it is tried again. */
    private boolean isRunAgain(Underway.Trial trial, Execution execution) {
        if (!isBroken(execution.outcome()) || trial.attempts() >= ATTEMPTS) {
            return false;
        }
        Outcome.Failed failure = (Outcome.Failed) execution.outcome();
        folder.appendAttempt(trial.number(), failure, execution.took());
        listener.on(new Event.Retrying(trial.number(), trial.again(), failure));
        return true;
    }

    /** Whether it crashed and its author has mended it, to be run in its place; what it was is written down, and is no trial. */
    private boolean isMended(Underway.Trial trial, Execution execution) throws InterruptedException {
        Proposal.Try broken = trial.proposal();
        if (control.isStopping()
                || trial.isMended()
                || !isCrashed(execution.outcome())
                || broken.origin().isCheck()) {
            return false;
        }
        Optional<Proposal.Try> mended = proposer.mended(broken, execution, history);
        mended.ifPresent(trial::mend);
        if (mended.isEmpty() || mended.get().change().equals(broken.change())) {
            return false;
        }
        Outcome.Failed failure = (Outcome.Failed) execution.outcome();
        folder.appendAttempt(trial.number(), failure, execution.took());
        listener.on(new Event.Mending(trial.number(), failure));
        return true;
    }

    /** Not a trial: once the script is mended, the next run begins with the baseline again. */
    private Proposal.Stop baselineFailed(Trial trial, Outcome.Failed failure) {
        folder.appendAttempt(0, failure, trial.took());
        listener.on(new Event.BaselineFailed(trial, failure));
        End end = isBroken(failure) ? End.BROKEN_MACHINE : End.BASELINE_FAILED;
        return new Proposal.Stop(end, failure.reason().label() + ": " + failure.detail());
    }

    /** A trial has ended: it is written down now, or when all before it are where the order of the numbers counts. */
    private void ended(Entry entry) {
        Trial trial = entry.trial();
        if (plan.isAlone() || !plan.deterministic()) {
            finishBegun(entry);
        } else if (trial.number() == 0) {
            finishBegun(entry);
        } else {
            underway.end(entry);
        }
    }

    /** With several at once the baseline is written down as any other, when it has ended: until then there may be none. */
    private void finishBegun(Entry entry) {
        Trial trial = entry.trial();
        if (trial.number() == 0 && !plan.isAlone() && chronicle.pending() == 0) {
            chronicle.propose(new Proposed(0, trial.change(), trial.origin(), entry.turn()));
        }
        finish(entry);
    }

    private void finish(Entry entry) {
        chronicle.finish(entry);
        listener.on(new Event.Finished(entry, chronicle.shown()));
    }

    /**
     * Where the order of the numbers counts: tells of the next trial once all are proposed that do not know of it, and writes down those of
     * which nobody is to be told yet. Whether there was anything to do.
     */
    private boolean writeNext() {
        boolean full = chronicle.pending() >= lead.window();
        if (full && chronicle.tellNext()) {
            return true;
        }
        Optional<Entry> next = chronicle.open().stream().findFirst().flatMap(trial -> underway.ended(trial.number()));
        next.ifPresent(entry -> {
            underway.written(entry.trial().number());
            if (full) {
                finish(entry);
            } else {
                chronicle.finishEarly(entry);
                listener.on(new Event.Finished(entry, chronicle.shown()));
            }
        });
        return next.isPresent();
    }

    /** The curve lies in the trial's folder; ten thousand of them do not fit into the memory of a small JVM. */
    private static Trial withoutCurve(Trial trial) {
        return trial.outcome() instanceof Outcome.Measured measured
                ? new Trial(trial.number(), trial.change(), trial.origin(), measured.withoutCurve(), trial.took())
                : trial;
    }

    private static boolean isCrashed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.CRASHED;
    }

    private static boolean isBroken(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.reason() == Outcome.Reason.INFRASTRUCTURE;
    }
}
