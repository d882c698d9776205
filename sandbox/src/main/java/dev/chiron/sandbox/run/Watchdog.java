package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits for a run to end or to break a limit. It only looks: ending the processes is the caller's. */
final class Watchdog {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
    /** Walking folders and all processes costs milliseconds, so it is done every so many steps. */
    private static final int SLOW = 20;

    private final Limits limits;
    private final Path workspace;
    private final LongSupplier nanos;
    private final Confinement confinement;
    private final long copied;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Watchdog(Limits limits, Path workspace, LongSupplier nanos, Confinement confinement) {
        this.limits = limits;
        this.workspace = workspace;
        this.nanos = nanos;
        this.confinement = confinement;
        this.copied = limits.disk().isPresent() ? DiskUse.below(workspace).orElse(0) : 0;
    }

    Ending watch(ProcessTree tree, Console console) throws InterruptedException {
        long start = nanos.getAsLong();
        for (long step = 1; ; step++) {
            if (tree.process().waitFor(STEP, TimeUnit.NANOSECONDS)) {
                return ended(tree);
            }
            Optional<Ending> broken = broken(start, tree, console);
            if (broken.isEmpty() && step % SLOW == 0) {
                tree.lookEverywhere();
                broken = disk(tree);
            }
            if (broken.isPresent()) {
                return broken.get();
            }
        }
    }

    private Ending ended(ProcessTree tree) {
        // the kernel ends one process, not the run: its parent may well have gone on and ended as if nothing were amiss
        if (confinement.isOutOfMemory()) {
            return outOfMemory();
        }
        // a run may be over before the first look at the disk
        return disk(tree).orElseGet(() -> new Ending.Exited(tree.process().exitValue()));
    }

    private Optional<Ending> broken(long start, ProcessTree tree, Console console) {
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        if (elapsed.compareTo(limits.time()) >= 0) {
            return stopped(Reason.TIMED_OUT, "stopped after " + seconds(limits.time()) + ", the limit of time");
        }
        if (console.total() > limits.output()) {
            return stopped(Reason.CRASHED, "stopped: printed more than " + bytes(limits.output()));
        }
        if (confinement.isOutOfMemory()) {
            return Optional.of(outOfMemory());
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
            return Optional.of(outOfMemory());
        }
        return Optional.empty();
    }

    private Ending outOfMemory() {
        return new Ending.Stopped(
                Reason.OUT_OF_MEMORY,
                "stopped: used more memory than " + bytes(limits.memory().orElse(0)));
    }

    private Optional<Ending> disk(ProcessTree tree) {
        if (limits.disk().isEmpty()) {
            return Optional.empty();
        }
        long most = limits.disk().getAsLong();
        OptionalLong now = DiskUse.below(workspace);
        if (now.isEmpty()) {
            return stopped(
                    Reason.CRASHED, "stopped: made folders that cannot be looked into, so no limit could be kept");
        }
        return now.getAsLong() - copied + DiskUse.unnamed(tree.pids()) > most
                ? stopped(Reason.CRASHED, "stopped: wrote more than " + bytes(most))
                : Optional.empty();
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
