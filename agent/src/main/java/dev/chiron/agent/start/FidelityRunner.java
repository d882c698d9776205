package dev.chiron.agent.start;

import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Fidelity;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import dev.chiron.sandbox.run.Watch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Tells the script how long to train, as if that were a parameter, and takes the value of a part of a training for no more than that. */
final class FidelityRunner implements Runner {

    private final Runner runner;
    private final Ladder ladder;

    FidelityRunner(Runner runner, Ladder ladder) {
        this.runner = runner;
        this.ladder = ladder;
    }

    /** Who runs it in the end. */
    Runner inner() {
        return runner;
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout) throws InterruptedException {
        return run(change, workspace, holdout, Watch.NONE);
    }

    @Override
    public Execution run(Change change, Path workspace, boolean holdout, Watch watch) throws InterruptedException {
        Execution execution = runner.run(told(change, ladder), workspace, holdout, watch);
        return execution.outcome() instanceof Outcome.Measured measured
                        && change.fidelity().isPresent()
                ? execution.but(new Outcome.Partial(measured, change.fidelity().get()))
                : execution;
    }

    /** The change with how long to train among its values. */
    static Change told(Change change, Ladder ladder) {
        Value amount = change.fidelity().map(Fidelity::amount).orElse(ladder.whole());
        Map<String, Value> values = new LinkedHashMap<>(change.config().values());
        values.put(ladder.name(), amount);
        Config config = Config.of(values);
        return change.variant()
                .<Change>map(script -> new Change.Edit(config, script))
                .orElseGet(() -> new Change.Settings(config, Optional.empty(), change.begin()));
    }
}
