package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.LocalRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What runs in a job, on its node: an order, in the walls that there are there, under the task's limits. */
public final class Job {

    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    /** Signals to the processes of a job arrive within this time of each other. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final JobFolder folder;
    private final Map<String, String> environment;

    /**
     * @param folder of the order, as {@link SlurmRunner} made it
     * @param environment the job's variables
     */
    public Job(Path folder, Map<String, String> environment) {
        this.folder = new JobFolder(folder);
        this.environment = environment;
    }

    /**
     * Runs the order and writes down what came of it. Every failure is an outcome.
     *
     * @throws IOException if there is no order, or nothing can be written
     * @throws InterruptedException if this thread was interrupted; all processes of the run have been ended, and nothing is written
     */
    public void run() throws IOException, InterruptedException {
        String text = folder.order().orElseThrow(() -> new IOException(folder.path() + " holds no order"));
        Execution execution = execution(Order.read(text));
        awaitSignal(execution);
        folder.end(execution);
    }

    /**
     * Whoever cancels, preempts or requeues a job signals all of its processes: a run that failed may have been one of them, an instant
     * before this one. Nothing is written then.
     */
    private static void awaitSignal(Execution execution) throws InterruptedException {
        if (!(execution.outcome() instanceof Outcome.Measured)) {
            TimeUnit.NANOSECONDS.sleep(APART.toNanos());
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Execution execution(Order order) throws IOException, InterruptedException {
        Path project = order.training().project();
        if (!Files.isDirectory(project)) {
            return broken(
                    "the project " + project + " is not there: it must lie on a file system that the nodes share");
        }
        Probe probe = new Probe(search(), temporary(), System.getProperty("os.arch", ""));
        Probe.Finding asked = probe.look(order.least());
        Sandbox sandbox = new Sandbox(
                order.exact() && asked.walls().isPresent() ? asked.walls().get() : probe.best(), Cgroups.find());
        if (sandbox.level().isWeakerThan(order.least())
                || (order.exact() && asked.walls().isEmpty())) {
            return broken("the trial is to run in " + order.least().label() + ", which does not work there: "
                    + asked.detail() + ". sandbox.level says what it may run in");
        }
        // a job that was taken off another node may have left something
        Clearing.remove(folder.work());
        Files.createDirectories(folder.work());
        LocalRunner runner = new LocalRunner(order.training(), environment, sandbox);
        if (!order.watched()) {
            return runner.run(order.change(), folder.work(), order.holdout());
        }
        try (CurveWriter curve = new CurveWriter(folder.path(), System::nanoTime)) {
            return runner.run(order.change(), folder.work(), order.holdout(), curve);
        }
    }

    private Execution broken(String detail) {
        String node = Optional.ofNullable(environment.get("SLURMD_NODENAME")).orElse("the node");
        return new Execution(
                new Outcome.Failed(Reason.INFRASTRUCTURE, "on " + node + ": " + detail),
                Duration.ZERO,
                "",
                "",
                OptionalInt.empty(),
                "");
    }

    private List<Path> search() {
        return Stream.concat(Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator)), USUAL.stream())
                .filter(place -> !place.isEmpty())
                .map(Path::of)
                .toList();
    }

    private Path temporary() {
        Path named = Path.of(environment.getOrDefault("TMPDIR", "/tmp"));
        return Files.isWritable(named) ? named : folder.path();
    }
}
