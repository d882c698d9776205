package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A small project on disk and the ways to run it. */
record Bench(
        Path folder,
        String script,
        String run,
        Map<String, String> env,
        MetricSource metric,
        Limits limits,
        Sandbox sandbox,
        List<String> readonly,
        Access access) {

    static final Limits WIDE = new Limits(
            Duration.ofSeconds(60), OptionalLong.empty(), OptionalInt.empty(), 50_000_000, OptionalLong.empty());

    /** A project with a shell script. */
    static Bench shell(Path folder, String... lines) throws IOException {
        return with(folder, "train.sh", "sh {script}", lines);
    }

    /** A project with a Python script. */
    static Bench python(Path folder, String... lines) throws IOException {
        return with(folder, "train.py", "python3 {script}", lines);
    }

    private static Bench with(Path folder, String script, String run, String... lines) throws IOException {
        Files.createDirectories(folder.resolve("project"));
        Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(folder.resolve("project").resolve(script), String.join("\n", lines) + "\n");
        return new Bench(
                folder,
                script,
                run,
                Map.of(),
                new MetricSource.Stdout(),
                WIDE,
                Walled.plain(),
                List.of(),
                Access.LEAST);
    }

    Bench running(String command) {
        return new Bench(folder, script, command, env, metric, limits, sandbox, readonly, access);
    }

    Bench seeing(Map<String, String> variables) {
        return new Bench(folder, script, run, variables, metric, limits, sandbox, readonly, access);
    }

    Bench reading(String file, String path) {
        return new Bench(
                folder, script, run, env, new MetricSource.JsonFile(file, path), limits, sandbox, readonly, access);
    }

    Bench within(Limits narrower) {
        return new Bench(folder, script, run, env, metric, narrower, sandbox, readonly, access);
    }

    Bench inside(Sandbox walls) {
        return new Bench(folder, script, run, env, metric, limits, walls, readonly, access);
    }

    Bench keeping(String... paths) {
        return new Bench(folder, script, run, env, metric, limits, sandbox, List.of(paths), access);
    }

    Bench seeing(Access more) {
        return new Bench(folder, script, run, env, metric, limits, sandbox, readonly, more);
    }

    Bench within(Duration time) {
        return within(new Limits(time, OptionalLong.empty(), OptionalInt.empty(), 50_000_000, OptionalLong.empty()));
    }

    Path project() {
        return folder.resolve("project");
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    Training training() {
        Objective objective = new Objective("loss", Objective.Goal.MINIMIZE);
        return new Training(
                project(), script, run, env, objective, metric, limits, readonly, access, Config.of(Map.of()));
    }

    LocalRunner runner(Map<String, String> environment) {
        return new LocalRunner(training(), environment, sandbox);
    }

    Execution execute(Map<String, Value> values) throws InterruptedException {
        return runner(System.getenv()).run(new Change.Settings(Config.of(values)), workspace());
    }

    Execution execute() throws InterruptedException {
        return execute(new LinkedHashMap<>());
    }

    Outcome outcome() throws InterruptedException {
        return execute().outcome();
    }
}
