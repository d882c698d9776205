package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A process and all that came of it, those included that have left their parents. */
final class ProcessTree {

    private static final int MOST_ROUNDS = 1000;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(3);

    private final Process process;
    private final Marker marker;
    private final int walls;
    private final boolean isWalled;
    private final Map<Long, ProcessHandle> seen = new LinkedHashMap<>();

    /**
     * @param walls how many of the processes only keep the others in
     * @param isWalled whether the others end with the first one
     */
    ProcessTree(Process process, Marker marker, int walls, boolean isWalled) {
        this.process = process;
        this.marker = marker;
        this.walls = walls;
        this.isWalled = isWalled;
    }

    Process process() {
        return process;
    }

    /** Looks for new processes below the first one. */
    void look() {
        seen.values().removeIf(handle -> !handle.isAlive());
        remember(Stream.concat(Stream.of(process.toHandle()), process.descendants()));
    }

    /** Looks, with more effort, for new processes anywhere. */
    void lookEverywhere() {
        look();
        remember(marker.processes().stream());
    }

    /** How many processes of the run were alive at the last look. */
    int size() {
        return Math.max(0, seen.size() - walls);
    }

    /** Their ids at the last look. */
    Set<Long> pids() {
        return seen.keySet();
    }

    /** Bytes of memory that these processes do not share with files (resident, anonymous). */
    long memory() {
        return seen.keySet().stream().mapToLong(ProcessTree::memory).sum();
    }

    /** Kills all of them; nothing of the run is alive afterwards, unless it keeps multiplying for seconds. */
    void end() {
        if (isWalled) {
            // the kernel ends all that is inside with the one that holds the walls, faster than anything can multiply
            process.toHandle().destroyForcibly();
        }
        for (int round = 0; round < MOST_ROUNDS && !isWalled; round++) {
            look();
            seen.remove(
                    process.pid()); // the last to go: it may be the parent of all orphans, who would else be nobody's
            if (seen.isEmpty()) {
                break;
            }
            seen.values().forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(PAUSE);
        }
        // Not Process.destroyForcibly: that closes the pipes, and what was printed last would be lost.
        process.toHandle().destroyForcibly();
        marker.end();
    }

    private void remember(Stream<ProcessHandle> handles) {
        handles.filter(ProcessHandle::isAlive).forEach(handle -> seen.putIfAbsent(handle.pid(), handle));
    }

    private static long memory(long pid) {
        try {
            List<String> status =
                    Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"), StandardCharsets.ISO_8859_1);
            return status.stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }
}
