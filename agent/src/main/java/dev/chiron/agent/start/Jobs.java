package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.Training;
import dev.chiron.sandbox.slurm.Cluster;
import dev.chiron.sandbox.slurm.SlurmRunner;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Trials as jobs of a Slurm cluster. */
final class Jobs {

    /** The program of which {@code job} is a command: this one. */
    private static final String PROGRAM = "dev.chiron.agent.cli.Main";

    private final Surroundings surroundings;

    Jobs(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @throws BadInput if there is no Slurm here, or it would not take a trial's job */
    void check(Spec spec, Training training) {
        Cluster cluster = new Cluster(surroundings.environment());
        if (cluster.version().isEmpty()) {
            throw new BadInput(
                    "executor: slurm needs Slurm's sbatch, squeue and scancel, and there is no sbatch on the "
                            + "PATH: run Chiron where jobs can be handed in, or say --executor local");
        }
        cluster.refusal(spec.executor().allocation(), training).ifPresent(refusal -> {
            throw new BadInput("slurm: the cluster would not take a trial's job: " + refusal + partitions(cluster));
        });
        cluster.refusal(spec.executor().allocation(), training, spec.executor().pace())
                .ifPresent(refusal -> {
                    throw new BadInput("slurm.array: " + refusal);
                });
    }

    /**
     * What runs a task's trials as jobs.
     *
     * @param sandbox what this machine keeps runs in: nodes must have walls that are as good
     * @param folder for the jobs' files; no other runner's
     */
    SlurmRunner runner(Spec spec, Training training, Sandbox sandbox, Path folder) {
        SlurmRunner.Site site = new SlurmRunner.Site(
                label(spec),
                folder,
                program(),
                sandbox.level(),
                !spec.sandbox().level().equals(SandboxSpec.AUTO),
                surroundings.environment(),
                surroundings::note);
        try {
            return new SlurmRunner(
                    training, spec.executor().allocation(), spec.executor().pace(), site);
        } catch (IOException e) {
            throw new UncheckedIOException("jobs cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Cancels the jobs that an earlier session left in a folder, since nobody asks for their outcomes where trials run here. */
    void recall(Spec spec, Path folder) {
        try {
            int left = new Cluster(surroundings.environment()).recall(label(spec), folder);
            if (left > 0) {
                surroundings.note("Slurm: " + left
                        + (left == 1 ? " job of an earlier session is" : " jobs of an earlier session are")
                        + " cancelled: trials run here now.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("jobs in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static String label(Spec spec) {
        return "chiron-" + word(spec.folder());
    }

    private static String partitions(Cluster cluster) {
        List<String> partitions = cluster.partitions();
        return partitions.isEmpty()
                ? ""
                : ". Its partitions are " + String.join(", ", partitions) + " (the usual one has a star)";
    }

    /** For people who look at the queue: the project's name, since most studies are called the same. */
    private static String word(Path project) {
        String name = project.getNameCount() == 0 ? "" : project.getFileName().toString();
        String word = name.replaceAll("[^A-Za-z0-9_.-]+", "_");
        return word.substring(0, Math.min(24, word.length()));
    }

    private static List<String> program() {
        String classes = Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home", "/usr"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classes,
                PROGRAM,
                "job");
    }
}
