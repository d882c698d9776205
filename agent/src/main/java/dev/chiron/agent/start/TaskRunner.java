package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import dev.chiron.sandbox.run.Saving;
import dev.chiron.sandbox.run.Training;
import dev.chiron.sandbox.slurm.SlurmRunner;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;

/**
 * A task file and what runs its trials, for those who want no study around them.
 *
 * @param spec the checked task
 * @param runner runs its script in the sandbox that a study would choose
 */
public record TaskRunner(Spec spec, Runner runner) implements Closeable {

    /**
     * Opens a task file.
     *
     * @param flags what holds in place of what the file says
     * @param folder where a study of it would be, below which its caches are
     * @throws BadInput if anything is wrong with the task, or its sandbox does not work here
     */
    public static TaskRunner open(Surroundings surroundings, Path file, List<Setting> flags, Path folder) {
        Spec spec = new TaskFile(surroundings).read(file, flags);
        if (EditorsCast.isFor(spec)) {
            EditorsCast.check(spec);
        }
        Sandbox sandbox = new Sandboxes(surroundings).choose(spec.sandbox().level());
        LocalRunner local = runner(surroundings, spec, file, sandbox, folder);
        checkExecutor(surroundings, spec, local);
        // a study there may have jobs of its own
        Path jobs = folder.resolveSibling(
                "chiron-study-jobs-" + ProcessHandle.current().pid());
        return new TaskRunner(spec, told(spec, trials(surroundings, spec, local, sandbox, jobs)));
    }

    /** @throws BadInput if the executor of a task does not work here, or would not take its trials */
    static void checkExecutor(Surroundings surroundings, Spec spec, LocalRunner local) {
        if (spec.executor().isSlurm()) {
            new Jobs(surroundings).check(spec, local.training());
        }
    }

    /**
     * What runs the trials of a task where its executor says. Where that is here, jobs that are left of an earlier session are cancelled.
     *
     * @param local runs them here
     * @param jobs a folder for jobs' files, where there are any
     */
    static Runner trials(Surroundings surroundings, Spec spec, LocalRunner local, Sandbox sandbox, Path jobs) {
        if (spec.executor().isSlurm()) {
            return new Jobs(surroundings).runner(spec, local.training(), sandbox, jobs);
        }
        new Jobs(surroundings).recall(spec, jobs);
        return local;
    }

    /** A change with how long to train among its values, where the task says so. */
    public static Change told(Spec spec, Change change) {
        return spec.fidelity()
                .map(fidelity -> FidelityRunner.told(change, fidelity.ladder()))
                .orElse(change);
    }

    /** The same runner, telling the script how long to train where the task says so. */
    static Runner told(Spec spec, Runner runner) {
        return spec.fidelity()
                .<Runner>map(fidelity -> new FidelityRunner(runner, fidelity.ladder()))
                .orElse(runner);
    }

    /** Gives up what it holds outside of this process. */
    static void close(Runner runner) {
        if (runner instanceof SlurmRunner jobs) {
            jobs.close();
        } else if (runner instanceof FidelityRunner told) {
            close(told.inner());
        }
    }

    @Override
    public void close() {
        close(runner);
    }

    /** What runs the trials of a task. */
    public static LocalRunner runner(Surroundings surroundings, Spec spec, Path file, Sandbox sandbox, Path folder) {
        try {
            Training training = training(surroundings, spec, folder);
            training.unverifiable().filter(why -> EditorsCast.isFor(spec)).ifPresent(why -> {
                throw new BadInput(file + ": the method " + spec.method() + " could keep nothing: " + why);
            });
            return new LocalRunner(training, surroundings.environment(), sandbox);
        } catch (IllegalArgumentException e) {
            throw new BadInput(file + ": run: " + e.getMessage(), e);
        }
    }

    private static Training training(Surroundings surroundings, Spec spec, Path folder) {
        Training training = new Training(
                spec.folder(),
                spec.script(),
                spec.run(),
                spec.env(),
                spec.objective(),
                spec.metric(),
                spec.limits(),
                spec.readonly(),
                new Reach(surroundings, spec.folder(), folder).access(spec.sandbox()),
                Config.of(spec.space().filled(spec.baseline())));
        Training scored = training.scoredBy(spec.scoring());
        if (spec.checkpoints().isPresent()) {
            scored = scored.saving(
                    new Saving(StudyFolder.checkpoints(folder), spec.replicas().merge()));
        }
        return EditorsCast.isFor(spec) ? scored.withEdits() : scored;
    }
}
