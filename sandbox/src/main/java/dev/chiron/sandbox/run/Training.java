package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.isolate.Access;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a project is run. In {@code run} and the values of {@code env}, {@code {script}} and {@code {PARAMETER}} are holes; a parameter that
 * has one is passed there, all others are set as constants of the script.
 *
 * @param project the folder that is copied for each run and never written to
 * @param script the script's path, relative to the project
 * @param run the command line, with a shell's quotes but without a shell
 * @param env variables the run sees besides the few that every run has
 * @param metric where the objective's metric is found
 * @param readonly paths of the project that a run must not change; a copy's changes never reach the project
 * @param access what of the machine a run may see besides
 * @param defaults what stands in the hole of a parameter that a config leaves out
 * @param scoring how what a run saves is scored, and what the run does not see
 * @param edits whether the script may be edited: then no run's value counts that its script could have made up
 * @param saving how runs save checkpoints and go on from others'; empty where they do not
 */
public record Training(
        Path project,
        String script,
        String run,
        Map<String, String> env,
        Objective objective,
        MetricSource metric,
        Limits limits,
        List<String> readonly,
        Access access,
        Config defaults,
        Scoring scoring,
        boolean edits,
        Optional<Saving> saving) {

    /** @throws IllegalArgumentException if the script is not a path below the project */
    public Training {
        Path relative = Path.of(script).normalize();
        if (script.isBlank() || relative.isAbsolute() || relative.startsWith("..")) {
            throw new IllegalArgumentException("the script must lie inside the project: " + script);
        }
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        readonly = List.copyOf(readonly);
    }

    /** One whose script nobody edits and whose own metric counts. */
    public Training(
            Path project,
            String script,
            String run,
            Map<String, String> env,
            Objective objective,
            MetricSource metric,
            Limits limits,
            List<String> readonly,
            Access access,
            Config defaults) {
        this(
                project,
                script,
                run,
                env,
                objective,
                metric,
                limits,
                readonly,
                access,
                defaults,
                Scoring.NONE,
                false,
                Optional.empty());
    }

    /** The same with another command line, which sees what a run does. */
    Training running(String other) {
        return new Training(
                project, script, other, env, objective, metric, limits, readonly, access, defaults, scoring, edits,
                saving);
    }

    /** The same whose runs save checkpoints. */
    public Training saving(Saving other) {
        return new Training(
                project,
                script,
                run,
                env,
                objective,
                metric,
                limits,
                readonly,
                access,
                defaults,
                scoring,
                edits,
                Optional.of(other));
    }

    /** The same, scored so. */
    public Training scoredBy(Scoring other) {
        return new Training(
                project, script, run, env, objective, metric, limits, readonly, access, defaults, other, edits, saving);
    }

    /** The same within other limits. */
    public Training within(Limits other) {
        return new Training(
                project, script, run, env, objective, metric, other, readonly, access, defaults, scoring, edits,
                saving);
    }

    /** The same with a script that may be edited. */
    public Training withEdits() {
        return new Training(
                project, script, run, env, objective, metric, limits, readonly, access, defaults, scoring, true,
                saving);
    }

    /**
     * Why no value of an edited script could ever count, and what to do; empty where one could. To be asked before a study that edits
     * begins.
     */
    public Optional<String> unverifiable() {
        return Proof.of(this).impossible();
    }
}
