package dev.chiron.agent;

import dev.chiron.agent.store.Advice;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
    private final Agenda agenda;
    private final Steerage steerage;
    private final Runs runs;
    private final TreeMap<Integer, Entry> outOfTurn = new TreeMap<>(); // ended, and to be written down later
    private final Lead lead;
    private final int before;
    private final Supplier<List<Unused>> answered;
    private final Helm helm;
    private final Pruning pruning;
    private boolean waits; // whether nothing is proposed before another trial is told
    private Duration away = Duration.ZERO; // in which a person had the loop wait
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
                System::nanoTime,
                pruning);
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
     * @param pruning who stops runs early; knows of no trial yet
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
            LongSupplier nanos,
            Pruning pruning) {
        this(
                folder,
                history,
                proposer,
                told,
                crew,
                plan,
                listener,
                control,
                answered,
                helm,
                nanos,
                pruning,
                Keeping.NONE);
    }

    /**
     * The same whose trials save checkpoints.
     *
     * @param keeping how many of them are kept
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
            LongSupplier nanos,
            Pruning pruning,
            Keeping keeping) {
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
        this.pruning = pruning;
        this.lead = new Lead(plan);
        this.chronicle = new Chronicle(folder, proposer, helm, history, pruning, keeping);
        this.agenda = new Agenda(proposer, chronicle);
        this.steerage = new Steerage(control, helm, chronicle, listener);
        int lag = plan.isAlone() || !plan.deterministic() ? 0 : lead.window();
        this.runs = new Runs(folder, crew, proposer, history, listener, control, pruning, lag);
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
            chronicle.leave();
        } catch (InterruptedException e) {
            stop = new Proposal.Stop(End.INTERRUPTED, "stopped; " + running() + " given up");
        } finally {
            crew.close();
            proposer.close();
            control.close();
        }
        if (!plan.isAlone()) {
            Utilisation worked = crew.utilisation(away);
            if (!worked.busy().isZero()) { // else nothing was to be run
                folder.append(worked);
                listener.on(new Event.Worked(worked));
            }
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
            if (steerage.steer(isQuiet(), !plan.isAlone() && !history.trials().isEmpty())) {
                agenda.reopen();
            }
            if (!control.isIdle()) {
                ending = ending.or(this::reasonToStop);
                if (!resumed && ending.isEmpty()) {
                    resumed = true;
                    resume();
                }
            }
            if (ending.isPresent() && !plan.isAlone()) {
                runs.hold();
            }
            if (mayPropose(begun)) {
                proposeNext(baseline, begun);
            } else if (!writeNext()) {
                if (!runs.isEmpty()) {
                    runs.await().ifPresent(this::settle);
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
            folder.held(trial)
                    .ifPresentOrElse(
                            held -> ended(new Entry(
                                    withoutCurve(held.trial()),
                                    trial.turn(),
                                    held.containment(),
                                    held.gpu(),
                                    advice(trial.number()))),
                            () -> runs.begin(
                                    trial.number(), new Proposal.Try(trial.change(), trial.origin(), trial.turn())));
        }
    }

    private boolean mayPropose(Budget begun) {
        if (ending.isPresent() || waits || control.isIdle() || control.first().isPresent()) {
            return false;
        }
        if (plan.isAlone() || history.trials().isEmpty()) {
            return runs.isEmpty();
        }
        return chronicle.pending() < lead.window() && (isQuiet() || agenda.isOpen(helm.budget(begun)));
    }

    /** Whether no trial runs, or is ready to run, or has ended and is not written down. */
    private boolean isQuiet() {
        return runs.isEmpty() && chronicle.open().isEmpty();
    }

    private void proposeNext(Config baseline, Budget begun) throws InterruptedException {
        int number = history.next();
        Optional<Steering.Told> told = agenda.told();
        if (told.isPresent()) { // it was measured elsewhere
            control.begin();
            Trial trial = new Trial(
                    number, told.get().change(), told.get().origin(), told.get().outcome(), Duration.ZERO);
            finish(new Entry(trial, Optional.empty()));
            return;
        }
        Budget budget = helm.budget(begun);
        if (agenda.isOpen(budget)) {
            listener.on(new Event.Proposing(number));
        }
        long start = nanos.getAsLong();
        Proposal proposal = agenda.next(baseline, budget);
        lead.proposed(nanos.getAsLong() - start);
        if (proposal instanceof Proposal.Try found) {
            control.begin();
            begin(number, found, budget);
        } else if (proposal instanceof Proposal.Wait) {
            waits = true;
        } else if (proposal instanceof Proposal.Stop stop && (stop.end() != End.DONE || isQuiet())) {
            if (stop.end() == End.DONE && control.waitsWhenDone()) {
                await(stop.why());
            } else {
                ending = Optional.of(stop);
            }
        }
    }

    private void begin(int number, Proposal.Try proposal, Budget budget) {
        if (plan.isAlone()) {
            runs.beginAtOnce(number, proposal, () -> {
                if (!proposal.origin().isCheck() && !proposal.origin().isWished()) {
                    proposer.running(proposal, history, chronicle.allows(budget, 1));
                }
            });
            return;
        }
        if (number > 0) {
            chronicle.propose(new Proposed(number, proposal.change(), proposal.origin(), proposal.turn()));
        }
        runs.begin(number, proposal);
    }

    private void await(String why) throws InterruptedException {
        listener.on(new Event.Waiting(why, chronicle.shown()));
        long start = nanos.getAsLong();
        control.await();
        away = away.plusNanos(nanos.getAsLong() - start);
    }

    private Optional<Proposal.Stop> reasonToStop() {
        if (control.isStopping()) {
            return Optional.of(new Proposal.Stop(End.INTERRUPTED, "paused"));
        }
        List<Entry> last = chronicle.last(BROKEN_TRIALS, before); // of this session
        if (last.size() == BROKEN_TRIALS
                && last.stream().allMatch(entry -> Runs.isBroken(entry.trial().outcome()))) {
            String detail = ((Outcome.Failed) last.get(0).trial().outcome()).detail();
            return Optional.of(new Proposal.Stop(
                    End.BROKEN_MACHINE, "the machine failed " + BROKEN_TRIALS + " trials in a row: " + detail));
        }
        return Optional.empty();
    }

    private void settle(Runs.Done done) {
        Execution execution = done.execution();
        Outcome outcome = execution.outcome();
        if (control.isStopping() && Runs.isCrashed(outcome)) {
            // where a run cannot have a session of its own, the Ctrl-C that asked for the pause has reached it, too
            folder.release(done.number());
            ending = Optional.of(new Proposal.Stop(End.INTERRUPTED, "paused; " + running() + " given up"));
            return;
        }
        lead.ran(execution.took().toNanos());
        if (plan.isAlone() || Runs.isBroken(outcome)) { // else its worker has kept them
            folder.keep(done.number(), TrialFiles.of(execution));
            folder.keep(done.number(), pruning.files(done.number()));
        }
        Proposal.Try tried = done.tried();
        Trial trial = new Trial(done.number(), tried.change(), tried.origin(), outcome, execution.took());
        if (done.number() == 0 && outcome instanceof Outcome.Failed failure) {
            folder.release(0);
            ending = Optional.of(baselineFailed(trial, failure));
        } else {
            ended(new Entry(
                    withoutCurve(trial), tried.turn(), execution.containment(), done.gpu(), advice(trial.number())));
        }
    }

    /** Not a trial: once the script is mended, the next run begins with the baseline again. */
    private Proposal.Stop baselineFailed(Trial trial, Outcome.Failed failure) {
        folder.appendAttempt(0, failure, trial.took());
        listener.on(new Event.BaselineFailed(trial, failure));
        End end = Runs.isBroken(failure) ? End.BROKEN_MACHINE : End.BASELINE_FAILED;
        return new Proposal.Stop(end, failure.reason().label() + ": " + failure.detail());
    }

    /** A trial has ended: it is written down now, or when it is its turn where the order of the numbers counts. */
    private void ended(Entry entry) {
        Trial trial = entry.trial();
        if (!plan.isAlone() && plan.deterministic() && trial.number() > 0) {
            outOfTurn.put(trial.number(), entry);
            return;
        }
        if (trial.number() == 0 && !plan.isAlone() && chronicle.pending() == 0) {
            // as any other of several, but only now: until it has ended well there may be none
            chronicle.propose(new Proposed(0, trial.change(), trial.origin(), entry.turn()));
        }
        finish(entry);
    }

    private void finish(Entry entry) {
        chronicle.finish(entry);
        waits = false;
        listener.on(new Event.Finished(entry, chronicle.shown()));
    }

    /**
     * Where the order of the numbers counts: tells of the next trial once all are proposed that do not know of it, and writes down those of
     * which nobody is to be told yet. Whether there was anything to do.
     */
    private boolean writeNext() {
        boolean full = waits || chronicle.pending() >= lead.window();
        if (full && chronicle.tellNext()) {
            waits = false;
            return true;
        }
        Optional<Entry> next = outOfTurn.isEmpty()
                ? Optional.empty()
                : chronicle.open().stream()
                        .findFirst()
                        .flatMap(trial -> Optional.ofNullable(outOfTurn.remove(trial.number())));
        if (next.isPresent() && full) {
            finish(next.get());
        } else if (next.isPresent()) {
            chronicle.finishEarly(next.get());
            listener.on(new Event.Finished(next.get(), chronicle.shown()));
        }
        return next.isPresent();
    }

    /** What a model was asked while a trial ran, as it was kept beside what came of it. */
    private List<Advice> advice(int number) {
        return folder.files(number).text(Advice.FILE).map(Advice::read).orElse(List.of());
    }

    /** The curve lies in the trial's folder; ten thousand of them do not fit into the memory of a small JVM. */
    private static Trial withoutCurve(Trial trial) {
        return new Trial(
                trial.number(), trial.change(), trial.origin(), trial.outcome().withoutCurve(), trial.took());
    }
}
