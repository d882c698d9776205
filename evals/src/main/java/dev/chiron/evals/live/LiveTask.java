package dev.chiron.evals.live;

import dev.chiron.agent.start.TaskRunner;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;

/** A task file whose script is really run, in a workspace of its own. Noise is what the script draws; it cannot be seeded from here. */
record LiveTask(String name, TaskRunner task) implements EvalTask {

    @Override
    public Objective objective() {
        return task.spec().objective();
    }

    @Override
    public SearchSpace space() {
        return task.spec().space();
    }

    @Override
    public Optional<Config> baseline() {
        return Optional.of(task.spec().baseline());
    }

    /** @throws CancellationException if the thread is interrupted; all processes of the run have been ended */
    @Override
    public Evaluation evaluate(Config config, OptionalLong noise) {
        try {
            Path workspace = Files.createTempDirectory("chiron-live");
            try {
                Execution execution = task.runner().run(new Change.Settings(config), workspace);
                return new Evaluation(execution.outcome(), execution.took().toNanos() / 1e9);
            } finally {
                Clearing.remove(workspace);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no workspace for " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException(name + " was interrupted");
        }
    }
}
