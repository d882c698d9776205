package dev.chiron.sandbox.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The limits that hold for one run: the task's, and where it sets none what the machine can bear, so that nothing that runs overnight can
 * take all of it.
 *
 * @param asked the task's
 * @param memory bytes, of all processes together
 * @param processes processes at one time
 * @param disk bytes added below the workspace
 * @param left bytes that stay free on its disk, whoever fills it
 */
record Bounds(Limits asked, long memory, int processes, long disk, long left) {

    /** Files and folders that a run may make: a file system has room for a certain number of them, however small. */
    static final long FILES = 1_000_000;

    private static final double SHARE = 0.9;
    private static final double LEFT = 0.05;
    private static final int PROCESSES = 4096;
    private static final int TASKS = 10_000;
    private static final long MARGIN = 1 << 20;

    /** The bounds of a run in a workspace; by default nine tenths of the memory, and never more of its disk than of what is free. */
    static Bounds of(Limits asked, Path workspace) {
        return of(asked, memoryOfTheMachine(), workspace.toFile().getUsableSpace());
    }

    static Bounds of(Limits asked, long memory, long free) {
        return new Bounds(
                asked,
                asked.memory().orElse((long) (SHARE * memory)),
                asked.processes().orElse(PROCESSES),
                Math.min(asked.disk().orElse(Long.MAX_VALUE), (long) (SHARE * free)),
                (long) (LEFT * free));
    }

    /** Or of the container, or the control group, that this JVM runs in. */
    private static long memoryOfTheMachine() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    Duration time() {
        return asked.time();
    }

    long output() {
        return asked.output();
    }

    /**
     * Bytes that one file may have: a little more than would break the limit of the disk, so that it is broken and not just reached. The
     * kernel has one such limit for files on disk and for shared memory.
     *
     * @param copied bytes in the workspace before the run
     */
    long file(long copied) {
        return Math.max(disk + copied + MARGIN, memory);
    }

    /**
     * How many processes and threads together the kernel lets a run have, where it can count them. Only a bound for what multiplies faster
     * than anyone looks: a process may well have a dozen threads.
     */
    int tasks() {
        return Math.min(TASKS, 256 + 16 * Math.min(TASKS, processes));
    }

    /** What is said of a run that broke one of them; names the setting where the task has not set it. */
    String tooMuchMemory() {
        return "stopped: used more memory than " + bytes(memory)
                + (asked.memory().isEmpty() ? ", nine tenths of what is here (limits.memory)" : "");
    }

    String tooManyProcesses() {
        return "stopped: more than " + processes + " processes"
                + (asked.processes().isEmpty() ? " (limits.processes)" : "");
    }

    String tooMuchDisk() {
        return "stopped: wrote more than " + bytes(disk)
                + (disk < asked.disk().orElse(Long.MAX_VALUE) ? ", nine tenths of what was free (limits.disk)" : "");
    }

    String tooLittleLeft() {
        return "stopped: less than " + bytes(left) + " is left on the disk";
    }

    String tooMuchOutput() {
        return "stopped: printed more than " + bytes(output());
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
