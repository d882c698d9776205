package dev.chiron.evals;

import dev.chiron.evals.Speed.Figure;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.isolate.Walls;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What keeping a trial in costs: a script that only prints, at each level that works here, and a project of ten thousand files. */
final class SandboxSpeed {

    private static final int ROUNDS = 25;
    private static final int LARGE_ROUNDS = 5;
    private static final int FILES = 10_000;
    private static final int FOLDERS = 100;

    private final Path folder;
    private final Map<String, String> environment;
    private final Probe probe;

    /** @param folder to work in, empty */
    SandboxSpeed(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
        List<Path> search = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"), Path.of("/sbin"));
        this.probe = new Probe(search, folder, System.getProperty("os.arch", ""));
    }

    /** Medians over 25 trials, over 5 of the large project. */
    List<Figure> measure() throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        Path small = project("small");
        double plain = 0;
        for (Isolation level : Isolation.values()) {
            Optional<Walls> walls = probe.look(level).walls();
            if (walls.isEmpty()) {
                continue;
            }
            Times times = trials(small, new Sandbox(walls.get(), Cgroups.find()), ROUNDS);
            if (level == Isolation.PLAIN) {
                plain = times.whole();
                figures.add(new Figure("a trial's own cost, not isolated", millis(plain), "-"));
            } else {
                String goal = level == Isolation.BUBBLEWRAP ? "25 ms" : "-";
                figures.add(
                        new Figure("isolating it by " + level.label() + " adds", millis(times.whole() - plain), goal));
            }
        }
        Path large = project("large");
        for (int i = 0; i < FILES; i++) {
            Path place = large.resolve("data").resolve("part" + i % FOLDERS);
            Files.createDirectories(place);
            Files.writeString(place.resolve("file" + i), "x".repeat(2000));
        }
        Times times = trials(large, new Sandbox(probe.best(), Cgroups.find()), LARGE_ROUNDS);
        figures.add(new Figure("preparing a workspace of 10,000 files", millis(times.outside()), "200 ms"));
        return figures;
    }

    /** Nanoseconds of a trial, and of what of it is not the script's run. */
    private record Times(double whole, double outside) {}

    private Path project(String name) throws IOException {
        Path project = Files.createDirectories(folder.resolve(name));
        Files.writeString(project.resolve("train.sh"), "echo loss: 1\n");
        return project;
    }

    private Times trials(Path project, Sandbox sandbox, int rounds) throws IOException, InterruptedException {
        Limits limits = new Limits(
                Duration.ofMinutes(1), OptionalLong.empty(), OptionalInt.empty(), 1_000_000, OptionalLong.empty());
        Training training = new Training(
                project,
                "train.sh",
                "sh train.sh",
                Map.of(),
                new Objective("loss", Objective.Goal.MINIMIZE),
                new MetricSource.Stdout(),
                limits,
                List.of(),
                Access.LEAST,
                Config.of(Map.of()));
        LocalRunner runner = new LocalRunner(training, environment, sandbox);
        List<Double> whole = new ArrayList<>();
        List<Double> outside = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Path workspace =
                    Files.createDirectories(project.resolve("chiron-study").resolve("workspace"));
            long start = System.nanoTime();
            Execution execution = runner.run(new Change.Settings(Config.of(Map.of())), workspace);
            whole.add((double) (System.nanoTime() - start));
            outside.add((double) (System.nanoTime() - start - execution.took().toNanos()));
            Clearing.remove(workspace);
        }
        return new Times(Speed.median(whole), Speed.median(outside));
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
