package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.Keeping;
import dev.chiron.agent.LocalCrew;
import dev.chiron.agent.Pruning;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.branch.StudyBranch;
import dev.chiron.agent.code.RootRunner;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.PopulationProposer;
import dev.chiron.agent.propose.ReplicaProposer;
import dev.chiron.agent.propose.RungCheckpoints;
import dev.chiron.agent.propose.StopAdviser;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.StopPrompt;
import dev.chiron.sandbox.run.Checkpoints;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A study that can run: its task, its folder, locked for this process, and who proposes in it. */
public final class OpenStudy implements Opening, Closeable {

    private final Surroundings surroundings;
    private final Spec spec;
    private final Roster roster;
    private final StudyFolder study;
    private final Runner trials;
    private final Path folder;
    private final Cast cast;
    private final Course before; // as earlier sessions have steered it

    private OpenStudy(
            Surroundings surroundings,
            Spec spec,
            Roster roster,
            StudyFolder study,
            Runner trials,
            Path folder,
            Course begun,
            Cast cast) {
        this.surroundings = surroundings;
        this.spec = spec;
        this.roster = roster;
        this.study = study;
        this.trials = trials;
        this.folder = folder;
        this.cast = cast;
        Course course = begun;
        for (Taken taken : study.recording().steerings()) {
            course = course.with(taken);
        }
        this.before = course;
    }

    static OpenStudy of(
            Surroundings surroundings,
            Spec spec,
            Predicate<Taken> overruled,
            Roster roster,
            StudyFolder study,
            LocalRunner runner,
            Runner trials,
            Path folder) {
        Course begun = Course.of(spec, () -> Course.constants(spec, folder), overruled);
        Cast cast = EditorsCast.isFor(spec)
                ? new EditorsCast(surroundings, roster, study, runner).open(begun)
                : new TunersCast(surroundings, roster, study).open(begun);
        return new OpenStudy(surroundings, spec, roster, study, trials, folder, begun, cast);
    }

    /**
     * Runs the loop in the current thread until the budget is spent, something ends the study, or it is asked to. Once only; to go on,
     * close the study and open it again.
     *
     * @param listener is told what happens, from this thread
     * @param control by which it is asked, from any thread
     */
    public End run(Event.Listener listener, Control control) {
        History history =
                new History(spec.objective(), spec.evidence(), study.imported().earlier());
        Pruning pruning = pruning();
        Event.Listener shown = EditorsCast.isFor(spec) ? written(listener) : listener;
        Staffing staffing = new Staffing(spec);
        StudyLoop loop = new StudyLoop(
                study,
                history,
                cast.proposer(),
                cast.told(),
                new LocalCrew(study, staffing.workers(trials, this::dressed)),
                staffing.plan(cast.llm()),
                event -> {
                    shown.on(event);
                    if (event instanceof Event.Finished finished
                            && finished.entry().trial().number() == 0) {
                        pruning.caution().ifPresent(caution -> surroundings.note("Note: " + caution + "."));
                        requireCheckpoint();
                    } else if (event instanceof Event.Finished finished) {
                        missCheckpoint(finished.entry().trial());
                    }
                },
                control,
                roster::answered,
                cast.proposer(),
                System::nanoTime,
                pruning,
                keeping());
        return loop.run(spec.baseline(), spec.budget());
    }

    /** Better known after the first trial than from a method that cannot go on. */
    private void requireCheckpoint() {
        if (spec.checkpoints().isPresent() && !StudyFolder.checkpoints(folder).has(0)) {
            surroundings.note("Note: the baseline saved nothing in the folder that " + Checkpoints.SAVE
                    + " names, or more than checkpoints.keep: no trial will go on from such a one.");
        }
    }

    /** One member's single failure to save ends no night, and is said. */
    private void missCheckpoint(Trial trial) {
        if (FidelitySpec.POPULATIONS.contains(spec.method())
                && trial.outcome() instanceof Outcome.Partial
                && !StudyFolder.checkpoints(folder).has(trial.number())) {
            surroundings.note("Note: trial " + trial.number() + " saved no checkpoint in the folder that "
                    + Checkpoints.SAVE + " names: nothing goes on from it.");
        }
    }

    private Keeping keeping() {
        Keeping.Order order = spec.fidelity().map(this::order).orElse(Keeping.Order.LAST);
        return spec.checkpoints()
                .map(kept -> Keeping.within(StudyFolder.checkpoints(folder), kept.keep(), order, surroundings::note))
                .orElse(Keeping.NONE);
    }

    private Keeping.Order order(FidelitySpec fidelity) {
        if (spec.method().equals(FidelitySpec.HDET)) {
            return ReplicaProposer.order(spec.replicas().spread().replicas(), fidelity.intervals());
        }
        if (FidelitySpec.POPULATIONS.contains(spec.method())) {
            return PopulationProposer.order(
                    spec.population().members(),
                    fidelity.intervals(),
                    spec.objective(),
                    StudyFolder.checkpoints(folder)::has);
        }
        return FidelitySpec.METHODS.contains(spec.method())
                ? new RungCheckpoints(fidelity.ladder(), spec.objective())
                : Keeping.Order.LAST;
    }

    private Pruning pruning() {
        return spec.prune()
                .pruner(spec.objective(), spec.seed())
                .map(pruner -> spec.prune().asksModel()
                        ? Pruning.by(pruner, spec.prune().by(), spec.objective(), adviser())
                        : Pruning.by(pruner, spec.prune().by(), spec.objective()))
                .orElseGet(() -> Pruning.none(spec.objective()));
    }

    private StopAdviser adviser() {
        return new StopAdviser(roster::members, new StopPrompt(spec.described()));
    }

    /** Where scripts are edited, trials of none run the script as the study began with it, whatever has become of the person's. */
    private Runner dressed(Runner local) {
        Runner rooted = EditorsCast.isFor(spec)
                ? new RootRunner(local, Variant.root(study.script(spec.folder().resolve(spec.script()))))
                : local;
        return TaskRunner.told(spec, rooted);
    }

    private Event.Listener written(Event.Listener listener) {
        return new BranchWriter(
                new StudyBranch(spec, folder, surroundings.environment()), listener, surroundings::note);
    }

    /** The study's folder. */
    public Path folder() {
        return folder;
    }

    /**
     * Asks a running study for something, after a look whether it can be had as things stand.
     *
     * @return completes when it is taken up and written down, or with a {@link BadInput} that says why it cannot be
     * @throws BadInput if it cannot be had: what is wrong, and what to do
     */
    public CompletableFuture<Taken> steer(Control control, Steering steering) {
        synchronized (control) { // what is queued is not taken up meanwhile
            Course course = course();
            for (Steering queued : control.queued()) {
                course = course.with(new Taken(course.taken().size() + 1, 0, queued));
            }
            course.with(new Taken(course.taken().size() + 1, 0, steering));
            return control.steer(steering);
        }
    }

    /** The task as it is in force now; from any thread. */
    public Course course() {
        Course now = cast.proposer().course();
        return now.taken().size() < before.taken().size() ? before : now; // the loop has not caught up yet
    }

    /** The task as it holds at the beginning of this session. */
    public Spec spec() {
        return spec;
    }

    /** Who takes the turns, as {@code chiron methods} names it. */
    public String method() {
        return cast.method();
    }

    /** The optimizer's method, or the method itself where there is none. */
    public String optimizer() {
        return cast.optimizer();
    }

    /** The models as users name them, {@code none} without one. */
    public String llm() {
        return cast.llm();
    }

    /** Who speaks for the models outside of their turns: the first that is a language model, counted as on its turns; may be asked by any thread. */
    public Optional<Model> speaker() {
        return roster.members().stream()
                .map(Panel.Member::model)
                .filter(model -> !model.name().equals("builtin"))
                .findFirst();
    }

    /** What models have answered in this session, on whatever turns; from any thread. */
    public List<Unused> answered() {
        return roster.answered();
    }

    /** What the models will cost; empty if they cost nothing, or nobody knows. */
    public Optional<Estimate> estimate() {
        return cast.estimate();
    }

    /** The optimizer's state now; empty where no optimizer proposes. Only in the loop's thread, as from its listener. */
    public Optional<OptimizerState> state() {
        return cast.proposer().state();
    }

    /** Gives the folder back, and cancels jobs of earlier sessions that none of this one's trials has asked for. */
    @Override
    public void close() {
        try {
            TaskRunner.close(trials);
        } finally {
            study.close();
        }
    }
}
