package dev.chiron.sandbox.run;

import dev.chiron.optimizers.study.Outcome.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits for a run to end or to break a limit. It only looks: ending the processes is the caller's. */
final class Watchdog {

    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(50);
    /** Looking for processes everywhere costs milliseconds, so it is done every so many steps. */
    private static final int SLOW = 20;
    /** Walking folders may take long: no more than a fiftieth of the time is spent on it, but nobody has ten seconds unwatched. */
    private static final int IDLE = 50;

    private static final long SHORTEST = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(10);

    private final Bounds bounds;
    private final List<Path> places;
    private final LongSupplier nanos;
    private final Confinement confinement;
    private final DiskUse before;
    private long nextWalk;
    private boolean hidden;

    /**
     * @param places the folders that are written to, the workspace first
     * @param nanos a clock such as {@link System#nanoTime}
     */
    Watchdog(Bounds bounds, List<Path> places, LongSupplier nanos, Confinement confinement) {
        this.bounds = bounds;
        this.places = places;
        this.nanos = nanos;
        this.confinement = confinement;
        this.before = DiskUse.below(places);
    }

    Ending watch(ProcessTree tree, Console console, Watched watched) throws InterruptedException {
        long start = nanos.getAsLong();
        nextWalk = start + SHORTEST;
        for (long step = 1; ; step++) {
            if (tree.process().waitFor(STEP, TimeUnit.NANOSECONDS)) {
                return ended(tree);
            }
            if (watched.isOver()) {
                return new Ending.Recalled();
            }
            boolean slow = step % SLOW == 0;
            Optional<Ending> broken = broken(start, console);
            if (broken.isEmpty() && (slow || looksOften())) {
                broken = crowded(tree, slow);
            }
            if (broken.isEmpty() && nanos.getAsLong() - nextWalk >= 0) {
                broken = walk(tree);
            }
            if (broken.isPresent()) {
                return broken.get();
            }
        }
    }

    /** Where the kernel counts, it keeps a run from taking the machine, and only a number that the task names needs our eyes. */
    private boolean looksOften() {
        return !confinement.counts() || bounds.asked().processes().isPresent();
    }

    private Ending ended(ProcessTree tree) {
        // the kernel ends one process, not the run: its parent may well have gone on and ended as if nothing were amiss
        if (confinement.isOutOfMemory()) {
            return outOfMemory();
        }
        int code = tree.process().exitValue();
        // a run may be over before the first look at the disk, and where others have filled it, that is why it failed
        return disk(tree).or(() -> code == 0 ? Optional.empty() : full()).orElseGet(() -> new Ending.Exited(code));
    }

    private Optional<Ending> broken(long start, Console console) {
        Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
        if (elapsed.compareTo(bounds.time()) >= 0) {
            return stopped(Reason.TIMED_OUT, "stopped after " + seconds(bounds.time()) + ", the limit of time");
        }
        if (console.total() > bounds.output()) {
            return stopped(Reason.CRASHED, bounds.tooMuchOutput());
        }
        return confinement.isOutOfMemory() ? Optional.of(outOfMemory()) : Optional.empty();
    }

    private Optional<Ending> crowded(ProcessTree tree, boolean slow) {
        if (slow) {
            tree.lookEverywhere();
        } else {
            tree.look();
        }
        if (tree.size() > bounds.processes()) {
            return stopped(Reason.CRASHED, bounds.tooManyProcesses());
        }
        return !confinement.counts()
                        && new MemoryUse(tree.pids(), confinement.isWalled()).exceeds(bounds.memory(), slow)
                ? Optional.of(outOfMemory())
                : Optional.empty();
    }

    private Ending outOfMemory() {
        return new Ending.Stopped(Reason.OUT_OF_MEMORY, bounds.tooMuchMemory());
    }

    private Optional<Ending> walk(ProcessTree tree) {
        long start = nanos.getAsLong();
        tree.look();
        Optional<Ending> broken = disk(tree).or(this::full);
        long end = nanos.getAsLong();
        nextWalk = end + Math.min(LONGEST, Math.max(SHORTEST, IDLE * (end - start)));
        return broken;
    }

    private Optional<Ending> disk(ProcessTree tree) {
        DiskUse now = DiskUse.below(places);
        if (now.isHidden()) {
            return stopped(
                    Reason.CRASHED, "stopped: made folders that cannot be looked into, so no limit could be kept");
        }
        if (now.entries() - before.entries() > Bounds.FILES) {
            return stopped(Reason.CRASHED, "stopped: made more than a million files and folders");
        }
        OpenFiles open = OpenFiles.of(tree.pids());
        // without walls a program may have other rights, as sudo has; and one that is just starting is asked once more
        boolean wasHidden = hidden;
        hidden = confinement.isWalled() && open.isHidden();
        if (hidden && wasHidden) {
            return stopped(
                    Reason.CRASHED, "stopped: made processes that cannot be looked into, so no limit could be kept");
        }
        return now.bytes() - before.bytes() + open.bytes() > bounds.disk()
                ? stopped(Reason.CRASHED, bounds.tooMuchDisk())
                : Optional.empty();
    }

    /** What nobody sees takes room, too, and perhaps it is not the run's. */
    private Optional<Ending> full() {
        return places.get(0).toFile().getUsableSpace() < bounds.left()
                ? stopped(Reason.INFRASTRUCTURE, bounds.tooLittleLeft())
                : Optional.empty();
    }

    private static Optional<Ending> stopped(Reason reason, String why) {
        return Optional.of(new Ending.Stopped(reason, why));
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
