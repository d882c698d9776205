package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Begin;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds what a run goes on from: another trial's checkpoint, or one that a command of the task makes of several. */
final class Loading {

    private final Training training;
    private final boolean walled;
    private final Optional<Stage> merging;

    /**
     * @param stages makes the place to run a training's command in
     * @param walled whether a room can show a folder that cannot be written to
     */
    Loading(Training training, Function<Training, Stage> stages, boolean walled) {
        this.training = training;
        this.walled = walled;
        this.merging = training.saving().flatMap(Saving::merge).map(merge -> stages.apply(training.running(merge)));
    }

    /**
     * What was found.
     *
     * @param folder empty where the run begins from the start
     * @param failed why there is nothing to go on from
     * @param took the time that it took to make it
     */
    record Loaded(Optional<Path> folder, Optional<Outcome.Failed> failed, Duration took) {}

    /**
     * @param workspace of the run, without links on the way
     * @throws IOException if a checkpoint is not there
     */
    Loaded of(Change change, Path workspace) throws IOException, InterruptedException {
        List<Begin.Source> sources = change.begin().map(Begin::sources).orElse(List.of());
        if (sources.isEmpty()) {
            return new Loaded(Optional.empty(), Optional.empty(), Duration.ZERO);
        }
        Checkpoints checkpoints = training.saving()
                .map(Saving::checkpoints)
                .orElseThrow(() -> new IOException("the task keeps no checkpoints to go on from"));
        for (Begin.Source source : sources) {
            if (!checkpoints.has(source.trial())) {
                throw new IOException(
                        "the checkpoint of trial " + source.trial() + " is gone: " + checkpoints.of(source.trial()));
            }
        }
        if (sources.size() > 1) {
            return merged(checkpoints, change.config(), sources, workspace);
        }
        Path folder = checkpoints.of(sources.get(0).trial()).toRealPath();
        if (!walled) { // where nothing is read-only it is the run's own
            Plainly.copy(folder, Given.before(workspace));
            folder = Given.before(workspace);
        }
        return new Loaded(Optional.of(folder), Optional.empty(), Duration.ZERO);
    }

    private Loaded merged(Checkpoints checkpoints, Config config, List<Begin.Source> sources, Path workspace)
            throws IOException, InterruptedException {
        Stage stage = merging.orElseThrow(() -> new IOException("no merge command says how checkpoints are made one"));
        Path beside = workspace.resolveSibling("." + workspace.getFileName() + "-merged");
        Marker.of(beside).end(); // what a JVM that was killed has left
        Clearing.remove(beside);
        try {
            Finish finish = stage.merge(
                    config,
                    sources.stream()
                            .map(source -> checkpoints.of(source.trial()))
                            .toList(),
                    sources.stream().map(Begin.Source::weight).toList(),
                    workspace,
                    beside);
            Duration took = finish.execution().took();
            if (!finish.endedWell()) {
                return new Loaded(Optional.empty(), Optional.of(failed(finish.outcome())), took);
            }
            boolean taken = Checkpoints.taken(Given.saved(beside), Given.before(workspace));
            return taken
                    ? new Loaded(Optional.of(Given.before(workspace)), Optional.empty(), took)
                    : new Loaded(
                            Optional.empty(),
                            Optional.of(new Outcome.Failed(
                                    Reason.CRASHED, "merge: the command saved nothing in " + Checkpoints.SAVE)),
                            took);
        } finally {
            Clearing.remove(beside);
        }
    }

    private static Outcome.Failed failed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? new Outcome.Failed(failed.reason(), LastWords.shorten("merge: " + failed.detail()))
                : new Outcome.Failed(Reason.CRASHED, "merge: the command did not end well");
    }
}
