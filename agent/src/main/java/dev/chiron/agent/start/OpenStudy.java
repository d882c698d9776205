package dev.chiron.agent.start;

import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.branch.StudyBranch;
import dev.chiron.agent.code.RootRunner;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Optional;

/** A study that can run: its task, its folder, locked for this process, and who proposes in it. */
public final class OpenStudy implements Opening, Closeable {

    private final Surroundings surroundings;
    private final Spec spec;
    private final Purse.Paid paid;
    private final StudyFolder study;
    private final LocalRunner runner;
    private final Path folder;
    private final Cast cast;

    private OpenStudy(
            Surroundings surroundings,
            Spec spec,
            Purse.Paid paid,
            StudyFolder study,
            LocalRunner runner,
            Path folder,
            Cast cast) {
        this.surroundings = surroundings;
        this.spec = spec;
        this.paid = paid;
        this.study = study;
        this.runner = runner;
        this.folder = folder;
        this.cast = cast;
    }

    static OpenStudy of(
            Surroundings surroundings,
            Spec spec,
            Purse purse,
            Purse.Paid paid,
            StudyFolder study,
            LocalRunner runner,
            Path folder) {
        Cast cast = EditorsCast.isFor(spec)
                ? new EditorsCast(surroundings, spec, purse, runner).open(paid, study)
                : new TunersCast(surroundings, spec, purse).open(paid, study);
        return new OpenStudy(surroundings, spec, paid, study, runner, folder, cast);
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
        StudyLoop loop = new StudyLoop(
                study,
                history,
                cast.proposer(),
                cast.told(),
                runner(),
                EditorsCast.isFor(spec) ? written(listener) : listener,
                control,
                paid.answered());
        return loop.run(spec.baseline(), spec.budget());
    }

    /** Where scripts are edited, trials of none run the script as the study began with it, whatever has become of the person's. */
    private Runner runner() {
        return EditorsCast.isFor(spec)
                ? new RootRunner(runner, Variant.root(study.script(spec.folder().resolve(spec.script()))))
                : runner;
    }

    private Event.Listener written(Event.Listener listener) {
        return new BranchWriter(
                new StudyBranch(spec, folder, surroundings.environment()), listener, surroundings::note);
    }

    /** The study's folder. */
    public Path folder() {
        return folder;
    }

    /** The task as it holds in this session. */
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

    /** What the models will cost; empty if they cost nothing, or nobody knows. */
    public Optional<Estimate> estimate() {
        return cast.estimate();
    }

    /** The optimizer's state now; empty where no optimizer proposes. Only in the loop's thread, as from its listener. */
    public Optional<OptimizerState> state() {
        return cast.proposer().state();
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        study.close();
    }
}
