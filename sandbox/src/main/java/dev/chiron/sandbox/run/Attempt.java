package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run in a workspace that is ready: started, watched, ended, diagnosed. */
final class Attempt {

    /** How long to wait for output after the last process has ended; only a process that hid from us still holds a pipe then. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Training training;
    private final Bounds bounds;
    private final Hints hints;
    private final Path workspace;
    private final Marker marker;
    private final LongSupplier nanos;
    private final Confinement confinement;
    private final Console console = new Console();
    private final Console errors = new Console();
    private final MetricLines lines;
    private final Watched watched;
    private final Optional<Nonce> nonce;

    Attempt(
            Training training,
            Bounds bounds,
            Hints hints,
            Path workspace,
            Marker marker,
            LongSupplier nanos,
            Confinement confinement,
            Optional<Nonce> nonce,
            Watch watch) {
        this.training = training;
        this.bounds = bounds;
        this.hints = hints;
        this.workspace = workspace;
        this.marker = marker;
        this.nanos = nanos;
        this.confinement = confinement;
        this.watched = new Watched(watch);
        this.lines = new MetricLines(
                training.objective().metric(),
                training.objective().names().collect(Collectors.toSet()),
                nonce,
                watched);
        this.nonce = nonce;
    }

    /** A run that never started. */
    static Finish unstarted(Reason reason, String detail, String diff) {
        Outcome outcome = new Outcome.Failed(reason, LastWords.shorten(detail));
        return new Finish(new Execution(outcome, Duration.ZERO, "", "", OptionalInt.empty(), diff), false, List.of());
    }

    Finish run(Starter starter, List<String> command, String diff) throws InterruptedException {
        Watchdog watchdog = new Watchdog(bounds, written(), nanos, confinement);
        long start = nanos.getAsLong();
        Process process;
        try {
            process = confinement.start(starter, command);
        } catch (IOException e) {
            return unstarted(Reason.CRASHED, String.valueOf(e.getMessage()), diff);
        }
        Ending ending;
        Duration took;
        try (Backlog backlog = new Backlog(lines::accept)) {
            ending = watch(process, watchdog, watched.thinks() ? backlog::accept : lines::accept);
            took = Duration.ofNanos(nanos.getAsLong() - start);
            backlog.finish();
        }
        List<CurvePoint> curve = lines.curve(); // reads the unfinished last line, of which the watch is told, too
        Optional<Watch.Stop> stop = watched.close();
        OptionalInt exit = ending instanceof Ending.Exited exited && stop.isEmpty()
                ? OptionalInt.of(exited.code())
                : OptionalInt.empty();
        boolean begun = !(ending instanceof Ending.Exited) || confinement.hasBegun();
        // what was decided stands, however the run ended before the word of it got through: else it would depend on
        // this machine's speed
        Outcome outcome =
                stop.map(why -> Reported.recalled(why, lines.last(), curve)).orElseGet(() -> ended(ending, begun));
        Execution execution = new Execution(
                outcome,
                took,
                shown(console.head()),
                shown(console.tail()),
                exit,
                diff,
                Optional.of(confinement.containment()));
        boolean endedWell = begun && stop.isEmpty() && ending.equals(new Ending.Exited(0));
        return new Finish(execution, endedWell, curve);
    }

    private Outcome ended(Ending ending, boolean begun) {
        return begun
                ? new Diagnosis(reading(), console.tail(), errors.tail(), hints).of(ending)
                : new Outcome.Failed(
                        Reason.INFRASTRUCTURE, LastWords.shorten("the sandbox could not be built: " + errors.tail()));
    }

    private String shown(String text) {
        return nonce.map(word -> word.takenFrom(text)).orElse(text);
    }

    /** Where the run may write: its workspace, and caches that it fills for others. */
    private List<Path> written() {
        return Stream.concat(
                        Stream.of(workspace),
                        training.access().caches().stream()
                                .filter(Access.Cache::writable)
                                .map(Access.Cache::source)
                                .filter(Files::isDirectory))
                .toList();
    }

    private Ending watch(Process process, Watchdog watchdog, ObjIntConsumer<byte[]> output)
            throws InterruptedException {
        ProcessTree tree = new ProcessTree(process, marker, confinement.ownProcesses(), confinement.isWalled());
        Ending ending;
        List<Thread> drains;
        try {
            drains = List.of(
                    console.drain("chiron-stdout", process.getInputStream(), output),
                    console.drain("chiron-stderr", process.getErrorStream(), errors::add));
            ending = watchdog.watch(tree, console, watched);
        } finally {
            tree.end();
        }
        for (Thread drain : drains) {
            drain.join(LAST_OUTPUT.toMillis());
        }
        return ending;
    }

    private Reading reading() {
        if (!(training.metric() instanceof MetricSource.JsonFile json)) {
            return lines.reading();
        }
        Reading read = new JsonMetric(json).read(workspace);
        return read instanceof Reading.Found found
                ? new Reading.Found(found.value(), found.others(), lines.curve()) // what it printed on the way
                : read;
    }
}
