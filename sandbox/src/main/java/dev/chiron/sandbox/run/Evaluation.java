package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Scores what a run saved, in sandboxes of their own with fresh copies of the project: the script as it is, and nothing that the run could
 * have written but what it saved, as data that cannot be changed.
 */
final class Evaluation {

    private final Optional<Stage> evaluator;
    private final Optional<Stage> holdout;

    /** @param stages makes the place to run a training's command in */
    Evaluation(Training training, Function<Training, Stage> stages) {
        this.evaluator = training.scoring().evaluate().map(command -> stages.apply(scored(training, command)));
        this.holdout = training.scoring().holdout().map(command -> stages.apply(scored(training, command)));
    }

    /** The same project with another command, which sees all of it, and of the caches only those that no run fills. */
    private static Training scored(Training training, String command) {
        Scoring scoring = training.scoring();
        List<String> readonly = new ArrayList<>(training.readonly());
        readonly.add(scoring.artifacts());
        Access access = training.access();
        return new Training(
                training.project(),
                training.script(),
                command,
                training.env(),
                training.objective(),
                training.metric(),
                training.limits(),
                readonly,
                new Access(
                        access.read(),
                        access.network(),
                        access.devices(),
                        access.caches().stream()
                                .filter(cache -> !cache.writable())
                                .toList()),
                training.defaults(),
                new Scoring(scoring.evaluate(), scoring.holdout(), scoring.artifacts(), List.of()),
                false,
                Optional.empty());
    }

    /**
     * The run with what the evaluator and, if asked for, the hold-out say of it.
     *
     * @param workspace of the run, as it left it
     */
    Execution score(Finish trained, Change change, Path workspace, boolean withHoldout) throws InterruptedException {
        Execution execution = trained.execution();
        if (evaluator.isPresent() && trained.endedWell()) {
            execution = Joined.evaluated(
                    trained, run(evaluator.get(), change, workspace).execution());
        }
        if (withHoldout && holdout.isPresent() && execution.outcome() instanceof Outcome.Measured measured) {
            execution = Joined.heldOut(
                    execution, measured, run(holdout.get(), change, workspace).execution());
        }
        return execution;
    }

    private Finish run(Stage stage, Change change, Path workspace) throws InterruptedException {
        Path beside = workspace.resolveSibling("." + workspace.getFileName() + "-scored");
        try {
            Marker.of(beside).end(); // what a JVM that was killed has left
            Clearing.remove(beside);
            try {
                return stage.score(change, workspace.toRealPath(), beside);
            } finally {
                Clearing.remove(beside);
            }
        } catch (IOException e) {
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the workspace could not be prepared: " + e, "");
        } catch (IllegalArgumentException e) {
            return Attempt.unstarted(Reason.REFUSED, String.valueOf(e.getMessage()), "");
        }
    }
}
