package dev.chiron.agent.code;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import dev.chiron.sandbox.run.Watch;
import java.nio.file.Path;

/**
 * Runs changes of values on the script that the study began with: the person's own may have changed since, by {@code apply} not
 * least, and versions are compared with the one that they were made from.
 */
public final class RootRunner implements Runner {

    private final Runner runner;
    private final Variant root;

    /** @param root the script as the study began with it */
    public RootRunner(Runner runner, Variant root) {
        this.runner = runner;
        this.root = root;
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout) throws InterruptedException {
        return run(change, workspace, holdout, Watch.NONE);
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout, Watch watch) throws InterruptedException {
        Change run = change.variant().isPresent() ? change : new Change.Edit(change.config(), root);
        return runner.run(run, workspace, holdout, watch);
    }
}
