package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskRunner;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.slurm.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a task would run here: its file, its script, what starts it, and one run of the baseline. */
final class TaskFindings {

    private static final int BAD_INPUT = 2;
    private static final int LAST_WORDS = 200;

    private final Console console;
    private final Path file;
    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();

    /** @param folder where its study would be */
    TaskFindings(Console console, Path file, Path folder) {
        this.console = console;
        this.file = file;
        this.folder = folder;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Reads the task; empty if that does not work, with a finding that says why. */
    Optional<TaskRunner> read() {
        try {
            TaskRunner task = TaskRunner.open(console.surroundings(), file, List.of(), folder);
            Spec spec = task.spec();
            findings.add(Finding.ok(
                    "task",
                    console.shortened(file.toString()) + ": "
                            + spec.objective().goal().label() + " "
                            + spec.objective().metric() + ", "
                            + count(spec.space().parameters().size(), "parameter") + ", "
                            + count(spec.space().constraints().size(), "constraint") + ", method " + spec.method()
                            + ", model " + spec.llm().model()));
            findings.add(script(spec));
            findings.add(program(spec));
            return Optional.of(task);
        } catch (BadInput e) {
            findings.add(Finding.broken(
                    "task",
                    console.shortened(String.valueOf(e.getMessage())),
                    "correct it; chiron init SCRIPT writes a new one",
                    BAD_INPUT));
            return Optional.empty();
        }
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static Finding script(Spec spec) {
        Set<String> holes = spec.holes();
        List<String> names = spec.space().parameters().stream()
                .map(parameter -> ProgressSchedule.inScript(parameter.name()))
                .distinct()
                .toList();
        long constants = names.stream().filter(name -> !holes.contains(name)).count();
        int given = names.size() - (int) constants;
        return Finding.ok(
                "script",
                spec.script() + ": " + constants + " of the parameters are its constants"
                        + (given == 0 ? "" : ", " + given + " reach it on the command line or by the environment"));
    }

    private Finding program(Spec spec) {
        String first = spec.run().strip().split("\\s+", 2)[0];
        if (first.contains("/") || first.contains("{") || first.contains("=")) {
            return Finding.ok("program", spec.run());
        }
        return new Programs(console.environment())
                .find(first)
                .map(path -> Finding.ok("program", spec.run() + ", with " + path))
                .orElseGet(() -> Finding.broken(
                        "program",
                        spec.run() + ": there is no " + first + " on the PATH",
                        "install it, or name it with its folder in run:",
                        End.BASELINE_FAILED.exitCode()));
    }

    /** Runs the baseline once, as a study's first trial would, and says what was read of it. */
    Finding metric(TaskRunner task) throws InterruptedException {
        Spec spec = task.spec();
        Optional<String> silence =
                spec.executor().isSlurm() ? new Cluster(console.environment()).silence() : Optional.empty();
        if (silence.isPresent()) {
            return Finding.broken(
                    "metric",
                    "the baseline was not run: the controller of Slurm does not answer, " + silence.get(),
                    "ask those who run the cluster, or try the script here with executor: local",
                    End.BROKEN_MACHINE.exitCode());
        }
        console.err()
                .println("Running the baseline once, for "
                        + Texts.time(spec.limits().time()) + " at most; --no-baseline leaves that out …");
        Interrupts interrupts = Interrupts.endingTrial();
        try {
            Path temporary = Files.createTempDirectory("chiron-doctor");
            try {
                Path workspace = Files.createDirectory(temporary.resolve("workspace"));
                Execution execution = task.runner()
                        .run(
                                new Change.Settings(spec.baseline()),
                                workspace,
                                spec.scoring().holdout().isPresent());
                return metric(spec, execution);
            } finally {
                Clearing.remove(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the baseline cannot be run: " + e.getMessage(), e);
        } finally {
            interrupts.release();
        }
    }

    private static Finding metric(Spec spec, Execution execution) {
        String metric = spec.objective().metric();
        String where = execution
                .containment()
                .map(Containment::level)
                .map(level -> " (sandbox: " + level.label() + ")")
                .orElse("");
        String took = " in " + Texts.time(execution.took()) + where;
        if (execution.outcome() instanceof Outcome.Measured measured) {
            return Finding.ok(
                    "metric",
                    "the baseline's " + metric + " is " + Texts.value(measured.value()) + ", from " + source(spec)
                            + took
                            + measured.holdout().stream()
                                    .mapToObj(value -> "; on the hold-out " + Texts.value(value))
                                    .findFirst()
                                    .orElse("")
                            + (measured.metrics().isEmpty()
                                    ? ""
                                    : "; beside it "
                                            + String.join(
                                                    ", ", measured.metrics().keySet()))
                            + (measured.curve().size() < 2
                                    ? ""
                                    : "; a curve of " + measured.curve().size() + " values")
                            + outlook(spec, execution.took()));
        }
        Outcome.Failed failed = execution.outcome() instanceof Outcome.Failed one
                ? one
                : new Outcome.Failed(Outcome.Reason.CRASHED, execution.outcome().status());
        boolean broken = failed.reason() == Outcome.Reason.INFRASTRUCTURE;
        return Finding.broken(
                "metric",
                "the baseline failed, " + failed.reason().label() + took + ": " + failed.detail()
                        + lastWords(execution, failed),
                advice(spec, failed.reason()),
                broken ? End.BROKEN_MACHINE.exitCode() : End.BASELINE_FAILED.exitCode());
    }

    private static String source(Spec spec) {
        if (spec.scoring().evaluate().isPresent()) {
            return "evaluate:";
        }
        return spec.metric() instanceof MetricSource.JsonFile json ? json.file() + " " + json.path() : "what it prints";
    }

    private static String outlook(Spec spec, Duration took) {
        return spec.budget().trials().isPresent()
                ? "; " + spec.budget().trials().getAsInt() + " trials like it take "
                        + Texts.time(took.multipliedBy(spec.budget().trials().getAsInt()))
                : "";
    }

    private static String lastWords(Execution execution, Outcome.Failed failed) {
        String last = execution.tail().lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        if (last.isEmpty() || failed.detail().contains(last.strip())) {
            return "";
        }
        return "; its last line: "
                + last.strip().substring(0, Math.min(LAST_WORDS, last.strip().length()));
    }

    private static String advice(Spec spec, Outcome.Reason reason) {
        String metric = spec.objective().metric();
        return switch (reason) {
            case NO_METRIC ->
                "let the script print `" + metric + ": 0.123` on a line of its own, or say in metric.from where it is";
            case DIVERGED -> "the script's own values give no number: begin with others (default: in space)";
            case OUT_OF_MEMORY -> "begin with a smaller model or batch, or raise limits.memory";
            case TIMED_OUT -> "raise limits.time, or let the script train for less";
            case CRASHED, REFUSED ->
                "chiron run --sandbox-shell opens a shell where it ran; what it needs from outside the folder stands in "
                        + "sandbox.read, env or caches";
            case UNVERIFIED -> "docs/code.md says how a metric is verified";
            case INFRASTRUCTURE -> "the machine is at fault: look at disk and sandbox above";
        };
    }
}
