package dev.chiron.sandbox.slurm;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.run.Execution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How a real slurmctld is treated by very many trials at once: {@code [JOBS [MAX_JOBS [ARRAY]]]}. All of them want to run at the same moment. What a job
 * runs is a shell that writes an outcome, since it is the controller that is looked at. Prints how often each of Slurm's programs was called, and
 * how many jobs there were at most when it was asked.
 */
final class BurstMeasure {

    private static final Duration POLL = Duration.ofSeconds(10);

    private BurstMeasure() {}

    public static void main(String[] arguments) throws Exception {
        int jobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        int most = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        int array = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        Path home = Files.createTempDirectory("burst");
        Path calls = Files.createFile(home.resolve("calls"));
        Path programs = programs(home, calls);
        OwnCluster cluster = OwnCluster.start(Files.createDirectory(home.resolve("slurm")));
        try {
            Plant plant = Plant.of(home.resolve("plant"), cluster.environment(), "echo loss: 1")
                    .seeing(Map.of("PATH", programs + ":/usr/bin:/bin"))
                    .at(new Pace(most, array, POLL, Duration.ofHours(1)))
                    .with("/bin/sh", outcome(home).toString());
            long start = System.nanoTime();
            System.out.println(run(plant, jobs) + " of " + jobs + " measured");
            System.out.printf(Locale.ROOT, "%.0f s%n", (System.nanoTime() - start) / 1e9);
            count(calls, plant.label());
        } finally {
            cluster.close();
        }
    }

    private static int run(Plant plant, int jobs) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        int measured = 0;
        try (SlurmRunner runner = plant.runner()) {
            List<Future<Execution>> all = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                int worker = job;
                all.add(threads.submit(() -> runner.run(Plant.change(worker), plant.slot(worker))));
            }
            for (Future<Execution> one : all) {
                measured += one.get().outcome() instanceof Outcome.Measured ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        return measured;
    }

    private static Path outcome(Path home) throws Exception {
        Execution execution =
                new Execution(new Outcome.Measured(1), Duration.ofSeconds(1), "", "", OptionalInt.of(0), "");
        Path json = Files.writeString(
                home.resolve("end.json"), ExecutionJson.write(execution).toString());
        return Files.writeString(
                home.resolve("job"), "cp " + json + " \"$1/.end\" && mv \"$1/.end\" \"$1/end.json\"\n");
    }

    /** Slurm's own, written down each time; of a listing how many jobs in it had not ended. */
    private static Path programs(Path home, Path calls) throws Exception {
        Path programs = Files.createDirectory(home.resolve("programs"));
        for (String name : List.of("sbatch", "squeue", "scancel", "scontrol", "sacct")) {
            Path program = programs.resolve(name);
            String listing = name.equals("squeue") ? " | tee -a " + calls : "";
            Files.writeString(
                    program,
                    "#!/bin/bash\nset -o pipefail\necho call " + name + " >> " + calls + "\n/usr/bin/" + name
                            + " \"$@\"" + listing + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return programs;
    }

    private static void count(Path calls, String label) throws Exception {
        Map<String, Integer> count = new TreeMap<>();
        int most = 0;
        int now = 0;
        for (String line : Files.readAllLines(calls)) {
            if (line.startsWith("call ")) {
                count.merge(line.substring("call ".length()), 1, Integer::sum);
                now = 0;
            } else {
                now += (int) Listing.SQUEUE.jobs(line, label).stream()
                        .filter(job -> !job.hasEnded())
                        .count();
                most = Math.max(most, now);
            }
        }
        System.out.println("calls: " + count);
        System.out.println("jobs in flight when it was asked, at most: " + most);
    }
}
