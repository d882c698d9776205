package dev.chiron.sandbox.run;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What one run may use; what is empty has no limit.
 *
 * @param time wall clock
 * @param memory bytes of private memory, all processes of the run together
 * @param processes processes at one time
 * @param output bytes of stdout and stderr together
 * @param disk bytes added below the workspace; also the most that one file may have
 */
public record Limits(Duration time, OptionalLong memory, OptionalInt processes, long output, OptionalLong disk) {

    private static final int TASKS = 10_000;
    private static final long MARGIN = 1 << 20;

    /**
     * Bytes that one file may have: a little more than would break the limit of the disk, so that it is broken and not just reached.
     *
     * @param copied bytes in the workspace before the run
     */
    OptionalLong file(long copied) {
        return disk.isPresent() ? OptionalLong.of(disk.getAsLong() + copied + MARGIN) : OptionalLong.empty();
    }

    /**
     * How many processes and threads together the kernel lets a run have, where it can count them. Only a bound for what multiplies faster
     * than anyone looks: a process may well have a dozen threads.
     */
    int tasks() {
        return processes.isPresent() ? Math.min(TASKS, 256 + 16 * Math.min(TASKS, processes.getAsInt())) : TASKS;
    }
}
