package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

/** A small project on disk, the ways to have jobs run it, and what was said meanwhile. */
record Plant(
        Path folder,
        Map<String, String> environment,
        Limits limits,
        Allocation allocation,
        Pace pace,
        Isolation level,
        Access access,
        List<String> program,
        BlockingQueue<String> notes) {

    static final Allocation USUAL = new Allocation(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            List.of(),
            List.of());
    private static final Limits WIDE = new Limits(
            Duration.ofSeconds(60), OptionalLong.empty(), OptionalInt.empty(), 50_000_000, OptionalLong.empty());

    /** A project with a shell script, run without walls. */
    static Plant of(Path folder, Map<String, String> environment, String... lines) throws IOException {
        Files.createDirectories(folder.resolve("project"));
        Files.writeString(folder.resolve("project/train.sh"), String.join("\n", lines) + "\n");
        return in(folder, environment);
    }

    /** The same of a project that is there. */
    static Plant in(Path folder, Map<String, String> environment) {
        return new Plant(
                folder,
                environment,
                WIDE,
                USUAL,
                new Pace(10, 1, Duration.ofMillis(100), Duration.ofHours(1)),
                Isolation.PLAIN,
                Access.LEAST,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JobMain.class.getName()),
                new LinkedBlockingQueue<>());
    }

    Plant within(Limits narrower) {
        return new Plant(folder, environment, narrower, allocation, pace, level, access, program, notes);
    }

    Plant asking(Allocation other) {
        return new Plant(folder, environment, limits, other, pace, level, access, program, notes);
    }

    Plant at(Pace other) {
        return new Plant(folder, environment, limits, allocation, other, level, access, program, notes);
    }

    /** As arrays of so many tasks, which it waits for at most a fifth of a second. */
    Plant inArrays(int tasks) {
        return at(new Pace(40, tasks, Duration.ofSeconds(2), Duration.ofHours(1)));
    }

    Plant inside(Isolation walls, Access more) {
        return new Plant(folder, environment, limits, allocation, pace, walls, more, program, notes);
    }

    Plant with(String... words) {
        return new Plant(folder, environment, limits, allocation, pace, level, access, List.of(words), notes);
    }

    Plant seeing(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variables);
        return new Plant(folder, all, limits, allocation, pace, level, access, program, notes);
    }

    Training training() {
        return new Training(
                folder.resolve("project"),
                "train.sh",
                "sh {script} {LR}",
                Map.of(),
                new Objective("loss", Objective.Goal.MINIMIZE),
                new MetricSource.Stdout(),
                limits,
                List.of(),
                access,
                Config.of(Map.of()));
    }

    SlurmRunner runner() throws IOException {
        return new SlurmRunner(training(), allocation, pace, site());
    }

    /** One that goes by another clock. */
    SlurmRunner runner(LongSupplier nanos) throws IOException {
        return new SlurmRunner(training(), allocation, pace, site(), nanos, new SecureRandom());
    }

    private SlurmRunner.Site site() {
        return new SlurmRunner.Site(label(), jobs(), program, level, true, environment, notes::add);
    }

    /** Unlike that of any other. */
    String label() {
        return "chiron-" + folder.getFileName();
    }

    Path jobs() {
        return folder.resolve("study/jobs");
    }

    /** The place of a worker. */
    Path slot(int worker) {
        return folder.resolve("study/workspace-" + worker);
    }

    static Change change(double rate) {
        return new Change.Settings(Config.of(Map.of("LR", new Value.Real(rate))));
    }

    static Allocation in(String partition, String... options) {
        return new Allocation(
                Optional.of(partition),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(options),
                List.of());
    }

    static Allocation after(String... setup) {
        return new Allocation(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                List.of(setup));
    }

    /** A pipe in the folder, at which a script and a test wait for each other. */
    Path pipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
        return pipe;
    }

    /** What was said so far. */
    List<String> said() {
        return new ArrayList<>(notes);
    }
}
