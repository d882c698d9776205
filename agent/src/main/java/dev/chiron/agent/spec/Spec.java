package dev.chiron.agent.spec;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Evidence;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Scoring;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A task, complete and checked: what is tuned, how it is run, who proposes and how long.
 *
 * @param folder the project's folder, absolute
 * @param task what the training does, in the person's words; may be empty
 * @param script the tuned file, relative to the folder
 * @param run how the script is started: a command line with {@code {script}} and {@code {PARAMETER}} holes
 * @param env environment variables of a run; their values may have the same holes
 * @param sandbox how trials are kept in, and what of the machine they see
 * @param executor where trials run
 * @param readonly files and folders, relative to the folder, that no edit may touch
 * @param scoring how what a trial saves is scored, and what trials do not see
 * @param baseline where the search starts: keeps all constraints
 * @param priors the written widths of the belief that the best value lies around the baseline's, as shares of the range;
 *     empty where none is wanted
 * @param method who takes the turns, see {@code chiron methods}
 * @param optimizer the method of the optimizer's turns: of {@code centaur} one of several, of any other method itself
 * @param repeats how often a config that is or may become the incumbent is run again, at most; 0 for never
 * @param prune which runs are stopped early
 * @param fidelity how much of a training a trial may be; empty where every trial is a whole one
 * @param checkpoints how much of what trials save is kept; empty where they save nothing
 * @param population how a population goes on
 * @param replicas how replicas go on
 * @param edits what is asked of a model's edits of the script
 * @param from earlier results that the study begins with
 * @param facts what models are told of the papers' rules
 * @param crew how many trials run at once, and on what
 * @param notifyCommand a program that is started on a new best and at the end, with its arguments; not the study's but this run's, and so
 *     never written down with it
 */
public record Spec(
        Path folder,
        String task,
        String script,
        String run,
        Map<String, String> env,
        Objective objective,
        MetricSource metric,
        Limits limits,
        SandboxSpec sandbox,
        ExecutorSpec executor,
        List<String> readonly,
        Scoring scoring,
        SearchSpace space,
        Config baseline,
        Map<String, Optional<Double>> priors,
        String method,
        String optimizer,
        LlmSpec llm,
        Budget budget,
        long seed,
        int repeats,
        PruneSpec prune,
        Optional<FidelitySpec> fidelity,
        Optional<CheckpointSpec> checkpoints,
        PopulationSpec population,
        ReplicaSpec replicas,
        EditsSpec edits,
        FromSpec from,
        Facts facts,
        CrewSpec crew,
        Optional<String> notifyCommand) {

    public Spec {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        readonly = List.copyOf(readonly);
        priors = Collections.unmodifiableMap(new LinkedHashMap<>(priors));
    }

    /** What it takes to become the incumbent. */
    public Evidence evidence() {
        return new Evidence(repeats, edits.evidence(scoring.holdout().isPresent()));
    }

    /** What models are told that stays the same during the study. */
    public Task described() {
        return new Task(task, objective, space, baseline, facts);
    }

    /** The names that reach the script through its command line or its environment; all other parameters are its constants. */
    public Set<String> holes() {
        Set<String> holes = new LinkedHashSet<>(Template.holes(run));
        env.values().forEach(template -> holes.addAll(Template.holes(template)));
        return holes;
    }

    /** The same as a person has steered it: another space, other turns, other bounds. */
    public Spec steered(SteeredSpace other, LlmSpec models, Budget bounds) {
        return new Spec(
                folder,
                task,
                script,
                run,
                env,
                objective,
                metric,
                limits,
                sandbox,
                executor,
                readonly,
                scoring,
                other.space(),
                other.start(),
                other.priors(),
                method,
                optimizer,
                models,
                bounds,
                seed,
                repeats,
                prune,
                fidelity,
                checkpoints,
                population,
                replicas,
                edits,
                from,
                facts,
                crew,
                notifyCommand);
    }

    /** The same with other settings of the language model. */
    public Spec withLlm(LlmSpec other) {
        return new Spec(
                folder,
                task,
                script,
                run,
                env,
                objective,
                metric,
                limits,
                sandbox,
                executor,
                readonly,
                scoring,
                space,
                baseline,
                priors,
                method,
                optimizer,
                other,
                budget,
                seed,
                repeats,
                prune,
                fidelity,
                checkpoints,
                population,
                replicas,
                edits,
                from,
                facts,
                crew,
                notifyCommand);
    }
}
