package dev.chiron.sandbox.slurm;

import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.Scoring;
import dev.chiron.sandbox.run.Training;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What each job asks the cluster for. What is empty is the cluster's own default, but for the time and the memory, which follow from the
 * task's limits.
 *
 * @param partition the queue
 * @param time how long a job may take, preparation and scoring included; Slurm rounds it up to minutes
 * @param gpus a number, or a kind and a number as in {@code a100:2}
 * @param cpus for each job
 * @param memory bytes for each job
 * @param options more words for {@code sbatch}, such as {@code --qos=high}
 * @param setup lines of shell that are run on the node before the training, such as {@code module load cuda/12}
 */
public record Allocation(
        Optional<String> partition,
        Optional<Duration> time,
        Optional<String> gpus,
        OptionalInt cpus,
        OptionalLong memory,
        Optional<String> account,
        List<String> options,
        List<String> setup) {

    /** What Chiron itself needs in a job beside the training. */
    public static final long OWN_MEMORY = 512L << 20;

    /** For copying the project, and for saving what came of it. */
    private static final Duration AROUND = Duration.ofMinutes(5);

    private static final long MIB = 1 << 20;

    public Allocation {
        options = List.copyOf(options);
        setup = List.copyOf(setup);
    }

    /** How long the runs of a trial may take by the task's own limit: training, evaluation, hold-out. */
    public static Duration runs(Limits limits, Scoring scoring) {
        int runs = 1
                + (scoring.evaluate().isPresent() ? 1 : 0)
                + (scoring.holdout().isPresent() ? 1 : 0);
        return limits.time().multipliedBy(runs);
    }

    /** The training with what a job leaves it of its memory, where the task itself sets no limit: so a run learns of it before Slurm ends the job. */
    Training bounded(Training training) {
        Limits limits = training.limits();
        if (memory.isEmpty() || limits.memory().isPresent() || memory.getAsLong() <= OWN_MEMORY) {
            return training;
        }
        return training.within(new Limits(
                limits.time(),
                OptionalLong.of(memory.getAsLong() - OWN_MEMORY),
                limits.processes(),
                limits.output(),
                limits.disk()));
    }

    /** The words for {@code sbatch}. */
    List<String> words(Training training) {
        List<String> words = new ArrayList<>(List.of("--nodes=1", "--ntasks=1"));
        partition.ifPresent(name -> words.add("--partition=" + name));
        account.ifPresent(name -> words.add("--account=" + name));
        gpus.ifPresent(wanted -> words.add("--gres=gpu:" + wanted));
        cpus.ifPresent(count -> words.add("--cpus-per-task=" + count));
        words.add("--time="
                + minutes(time.orElseGet(
                        () -> runs(training.limits(), training.scoring()).plus(AROUND))));
        memory(training).ifPresent(bytes -> words.add("--mem=" + (bytes + MIB - 1) / MIB + "M"));
        words.addAll(options);
        return words;
    }

    private OptionalLong memory(Training training) {
        OptionalLong limit = training.limits().memory();
        return memory.isPresent() || limit.isEmpty() ? memory : OptionalLong.of(limit.getAsLong() + OWN_MEMORY);
    }

    private static long minutes(Duration time) {
        return Math.max(1, time.plusMinutes(1).minusNanos(1).toMinutes());
    }
}
