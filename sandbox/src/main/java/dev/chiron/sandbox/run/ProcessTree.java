package dev.chiron.sandbox.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
    /** No look goes on for ever, however fast they multiply. */
    private static final int MOST = 20_000;

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

    /**
     * Looks for new processes below the first one, at a cost that does not grow with what else runs here; those whose siblings end
     * meanwhile may be missed once.
     */
    void look() {
        forgetTheDead();
        Deque<Long> parents = new ArrayDeque<>(List.of(process.pid()));
        while (!parents.isEmpty() && seen.size() < MOST) {
            for (long child : children(parents.pop())) {
                remember(ProcessHandle.of(child).stream());
                parents.push(child);
            }
        }
    }

    /** Looks, with more effort, for new processes anywhere. */
    void lookEverywhere() {
        forgetTheDead();
        remember(process.descendants());
        if (!isWalled) { // what is walled in has no parent outside; reading every environment would take long
            remember(marker.processes().stream());
        }
    }

    private void forgetTheDead() {
        seen.values().removeIf(handle -> !handle.isAlive());
        remember(Stream.of(process.toHandle()));
    }

    /** As each thread of a process has started them (Linux, proc(5), {@code /proc/PID/task/TID/children}). */
    private static List<Long> children(long parent) {
        List<Long> children = new ArrayList<>();
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", String.valueOf(parent), "task"))) {
            for (Path thread : threads) {
                String line = Files.readString(thread.resolve("children"), StandardCharsets.US_ASCII);
                Stream.of(line.split(" "))
                        .filter(pid -> !pid.isBlank())
                        .map(Long::valueOf)
                        .forEach(children::add);
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return children;
        }
        return children;
    }

    /** How many processes of the run were alive at the last look. */
    int size() {
        return Math.max(0, seen.size() - walls);
    }

    /** Their ids at the last look. */
    Set<Long> pids() {
        return seen.keySet();
    }

    /** Kills all of them; nothing of the run is alive afterwards, unless it keeps multiplying for seconds. */
    void end() {
        if (isWalled) {
            // the kernel ends all that is inside with the one that holds the walls, faster than anything can multiply
            process.toHandle().destroyForcibly();
        }
        for (int round = 0; round < MOST_ROUNDS && !isWalled; round++) {
            forgetTheDead();
            remember(process.descendants());
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
        if (!isWalled) {
            marker.end();
        }
    }

    private void remember(Stream<ProcessHandle> handles) {
        handles.filter(ProcessHandle::isAlive).forEach(handle -> seen.putIfAbsent(handle.pid(), handle));
    }
}
