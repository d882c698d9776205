package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/** One run in a workspace that is ready: started, watched, ended, diagnosed. */
final class Attempt {

    /** How long to wait for output after the last process has ended; only a process that hid from us still holds a pipe then. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Training training;
    private final Path workspace;
    private final Marker marker;
    private final LongSupplier nanos;
    private final Console console = new Console();
    private final Console errors = new Console();
    private final MetricLines lines;

    Attempt(Training training, Path workspace, Marker marker, LongSupplier nanos) {
        this.training = training;
        this.workspace = workspace;
        this.marker = marker;
        this.nanos = nanos;
        this.lines = new MetricLines(training.objective().metric());
    }

    /** The execution of a run that never started. */
    static Execution unstarted(Reason reason, String detail, String diff) {
        Outcome outcome = new Outcome.Failed(reason, LastWords.shorten(detail));
        return new Execution(outcome, Duration.ZERO, "", "", OptionalInt.empty(), diff);
    }

    Execution run(Starter starter, ProcessBuilder builder, String diff) throws InterruptedException {
        Watchdog watchdog = new Watchdog(training.limits(), workspace, nanos);
        long start = nanos.getAsLong();
        Process process;
        try {
            process = starter.start(builder);
        } catch (IOException e) {
            return unstarted(Reason.CRASHED, String.valueOf(e.getMessage()), diff);
        }
        Ending ending = watch(process, watchdog);
        Duration took = Duration.ofNanos(nanos.getAsLong() - start);
        OptionalInt exit = ending instanceof Ending.Exited exited ? OptionalInt.of(exited.code()) : OptionalInt.empty();
        Outcome outcome = new Diagnosis(reading(), console.tail(), errors.tail()).of(ending);
        return new Execution(outcome, took, console.head(), console.tail(), exit, diff);
    }

    private Ending watch(Process process, Watchdog watchdog) throws InterruptedException {
        ProcessTree tree = new ProcessTree(process, marker);
        Ending ending;
        List<Thread> drains;
        try {
            drains = List.of(
                    console.drain("chiron-stdout", process.getInputStream(), lines::accept),
                    console.drain("chiron-stderr", process.getErrorStream(), errors::add));
            closeInput(process);
            ending = watchdog.watch(tree, console);
        } finally {
            tree.end();
        }
        for (Thread drain : drains) {
            drain.join(LAST_OUTPUT.toMillis());
        }
        return ending;
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close(); // a script that asks for input gets the end of it, not an endless wait
        } catch (IOException gone) {
            return;
        }
    }

    private Reading reading() {
        return training.metric() instanceof MetricSource.JsonFile json
                ? new JsonMetric(json).read(workspace)
                : lines.reading();
    }
}
