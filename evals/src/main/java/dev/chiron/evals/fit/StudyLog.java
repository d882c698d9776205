package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Recording;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.optimizers.study.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a study's folder. */
final class StudyLog {

    private StudyLog() {}

    /** @throws BadInput if there is no study, or too little in it */
    static Log read(Path folder) {
        Recording recording = Recording.read(folder)
                .orElseThrow(() -> new BadInput("no study in " + folder + "; name a study's folder or a .csv file"));
        Spec spec = FrozenSpec.read(folder.resolve("study.yaml"));
        List<Recorded> trials = recording.entries().stream()
                .map(entry -> entry.trial())
                .filter(trial -> says(trial.outcome()))
                .map(trial -> new Recorded(
                        folder.toString(),
                        trial.config(),
                        trial.outcome(),
                        trial.took().toNanos() / 1e9))
                .toList();
        return new Log(folder.toString(), spec.objective(), spec.space(), Optional.of(spec.baseline()), trials)
                .enough();
    }

    /** What was stopped early has no value, and a broken machine says nothing about a config. */
    private static boolean says(Outcome outcome) {
        return outcome instanceof Outcome.Measured
                || (outcome instanceof Outcome.Failed failed && failed.reason() != Outcome.Reason.INFRASTRUCTURE);
    }
}
