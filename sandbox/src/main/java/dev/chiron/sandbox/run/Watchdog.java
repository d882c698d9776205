package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Waits for a run to end or to break a limit. It only looks: ending the processes is the caller's. */
final class Watchdog {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
    /** Walking folders and all processes costs milliseconds, so it is done every so many steps. */
    private static final int SLOW = 20;

    private final Limits limits;
    private final Path workspace;
    private final LongSupplier nanos;
    private final long copied;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Watchdog(Limits limits, Path workspace, LongSupplier nanos) {
        this.limits = limits;
        this.workspace = workspace;
        this.nanos = nanos;
        this.copied = limits.disk().isPresent() ? size() : 0;
    }

    Ending watch(ProcessTree tree, Console console) throws InterruptedException {
        long start = nanos.getAsLong();
        for (long step = 1; ; step++) {
            if (tree.process().waitFor(STEP, TimeUnit.NANOSECONDS)) {
                return new Ending.Exited(tree.process().exitValue());
            }
            Optional<Ending> broken = broken(start, tree, console);
            if (broken.isEmpty() && step % SLOW == 0) {
                tree.lookEverywhere();
                broken = disk();
            }
            if (broken.isPresent()) {
                return broken.get();
            }
        }
    }

    private Optional<Ending> broken(long start, ProcessTree tree, Console console) {
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        if (elapsed.compareTo(limits.time()) >= 0) {
            return stopped(Reason.TIMED_OUT, "stopped after " + seconds(limits.time()) + ", the limit of time");
        }
        if (console.total() > limits.output()) {
            return stopped(Reason.CRASHED, "stopped: printed more than " + bytes(limits.output()));
        }
        if (limits.memory().isEmpty() && limits.processes().isEmpty()) {
            return Optional.empty();
        }
        tree.look();
        if (limits.processes().isPresent() && tree.size() > limits.processes().getAsInt()) {
            return stopped(
                    Reason.CRASHED, "stopped: more than " + limits.processes().getAsInt() + " processes");
        }
        if (limits.memory().isPresent() && tree.memory() > limits.memory().getAsLong()) {
            return stopped(
                    Reason.OUT_OF_MEMORY,
                    "stopped: used more memory than " + bytes(limits.memory().getAsLong()));
        }
        return Optional.empty();
    }

    private Optional<Ending> disk() {
        if (limits.disk().isPresent() && size() - copied > limits.disk().getAsLong()) {
            return stopped(
                    Reason.CRASHED,
                    "stopped: wrote more than " + bytes(limits.disk().getAsLong()));
        }
        return Optional.empty();
    }

    private long size() {
        try (Stream<Path> files = Files.walk(workspace)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException changing) {
            return 0; // a folder went away while we looked: the next look will tell
        }
    }

    private static Optional<Ending> stopped(Reason reason, String why) {
        return Optional.of(new Ending.Stopped(reason, why));
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private static String bytes(long count) {
        if (count < 1_000_000) {
            return count + " bytes";
        }
        return count < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", count / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", count / 1e9);
    }
}
