package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where this process may make control groups, which count a whole tree of processes and let none leave (Linux,
 * Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst). Version 1 has a hierarchy for each of memory and pids; version 2 has one for all,
 * in which a group with processes of its own cannot give its children a memory limit, so its neighbours are tried, too.
 */
public final class Cgroups {

    private static final String ALL = "chiron-*";
    private static final String MEMORY = "memory";
    private static final String TASKS = "pids";

    private final List<Path> parents;
    private final int version;
    private final Owner self;
    private final Queue<Path> leftovers = new ConcurrentLinkedQueue<>();

    private Cgroups(List<Path> parents, int version, Owner self) {
        this.parents = parents;
        this.version = version;
        this.self = self;
    }

    /** The groups of this process; empty where it may make none that limit memory and tasks. */
    public static Optional<Cgroups> find() {
        return find(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    static Optional<Cgroups> find(Path own, Path root) {
        try {
            Map<String, String> paths = new LinkedHashMap<>();
            for (String line : Files.readAllLines(own)) {
                String[] fields = line.split(":", 3);
                for (String controller : fields[1].split(",", -1)) {
                    paths.put(controller, fields[2]);
                }
            }
            Owner self = Owner.self();
            return paths.containsKey(MEMORY) && paths.containsKey(TASKS)
                    ? first(root, paths, self)
                    : second(root, paths, self);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static Optional<Cgroups> first(Path root, Map<String, String> paths, Owner self) {
        List<Path> parents = new ArrayList<>();
        for (String controller : List.of(MEMORY, TASKS)) {
            parents.add(below(root.resolve(controller), paths.getOrDefault(controller, "/")));
        }
        return new Cgroups(parents, 1, self).ifUsable();
    }

    private static Optional<Cgroups> second(Path root, Map<String, String> paths, Owner self) {
        Path own = below(root, paths.getOrDefault("", "/"));
        for (Path parent : List.of(own, own.equals(root) ? own : own.getParent())) {
            String given = text(parent.resolve("cgroup.subtree_control"));
            if (given.contains(MEMORY) && given.contains(TASKS)) {
                Optional<Cgroups> found = new Cgroups(List.of(parent), 2, self).ifUsable();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Path below(Path root, String path) {
        return root.resolve(path.replaceFirst("^/+", "")).normalize();
    }

    /**
     * Ends what is left in the groups of processes that were killed before they could, and removes them: a daemon may have left its parents
     * and its environment, and never its group.
     */
    private void sweep() {
        for (Path parent : parents) {
            try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, ALL)) {
                for (Path group : groups) {
                    Optional<Owner> owner = Owner.named(group.getFileName().toString());
                    if (owner.isPresent() && owner.get().isGone(self)) {
                        new Group(List.of(group), leftovers).close();
                    }
                }
            } catch (IOException unreadable) {
                return;
            }
        }
    }

    /** Really makes a group, limits it and lets a process enter: permissions alone do not say whether that works. */
    private Optional<Cgroups> ifUsable() {
        try (Group group = open("probe" + Thread.currentThread().getId(), OptionalLong.of(1L << 30), 1000)) {
            List<String> command = Start.in(group.entries()).then(List.of("/bin/true"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor() != 0) {
                return Optional.empty();
            }
            sweep();
            return Optional.of(this);
        } catch (IOException refused) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** 1 or 2. */
    public int version() {
        return version;
    }

    /**
     * Makes a group.
     *
     * @param name unlike that of any other group of this process
     * @param memory most bytes; empty for no limit
     * @param tasks most processes and threads
     * @throws IOException if it cannot be made; then nothing is left of it
     */
    public Group open(String name, OptionalLong memory, int tasks) throws IOException {
        leftovers.removeIf(Cgroups::remove);
        String full = self.name(name);
        Group group =
                new Group(parents.stream().map(parent -> parent.resolve(full)).toList(), leftovers);
        try {
            for (Path folder : group.folders()) {
                if (!Files.isDirectory(folder)) {
                    Files.createDirectory(folder);
                }
            }
            if (memory.isPresent()) {
                limit(group.folders().get(0), memory.getAsLong());
            }
            write(group.folders().get(group.folders().size() - 1).resolve("pids.max"), tasks);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    private void limit(Path folder, long bytes) throws IOException {
        if (version == 2) {
            write(folder.resolve("memory.max"), bytes);
            ifThere(folder.resolve("memory.swap.max"), 0);
            ifThere(folder.resolve("memory.oom.group"), 1);
        } else {
            write(folder.resolve("memory.limit_in_bytes"), bytes);
            ifThere(folder.resolve("memory.memsw.limit_in_bytes"), bytes); // swap is memory, too
        }
    }

    private static void ifThere(Path file, long value) throws IOException {
        if (Files.exists(file)) {
            write(file, value);
        }
    }

    private static void write(Path file, long value) throws IOException {
        Files.writeString(file, String.valueOf(value));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
        } catch (IOException gone) {
            return "";
        }
    }

    private static boolean remove(Path folder) {
        try {
            return Files.deleteIfExists(folder) || !Files.exists(folder);
        } catch (IOException busy) {
            return false;
        }
    }

    /**
     * One group: all processes that enter it, and their children.
     *
     * @param folders that of memory first, that of tasks last; the same one in version 2
     * @param leftovers where to put a folder that cannot be removed yet: a dead process keeps it until its parent has taken note
     */
    public record Group(List<Path> folders, Queue<Path> leftovers) implements AutoCloseable {

        private static final int MOST_ROUNDS = 1000;
        private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

        /** A copy of the list is kept. */
        public Group {
            folders = List.copyOf(folders);
        }

        /** The files through which a process enters. */
        public List<Path> entries() {
            return folders.stream()
                    .map(folder -> folder.resolve("cgroup.procs"))
                    .toList();
        }

        /** How many processes the kernel has ended for want of memory. */
        public long killed() {
            Path folder = folders.get(0);
            String events = text(folder.resolve("memory.events")) + text(folder.resolve("memory.oom_control"));
            return events.lines()
                    .filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line ->
                            Long.parseLong(line.substring("oom_kill ".length()).strip()))
                    .sum();
        }

        /** Ends all its processes and removes it. */
        @Override
        public void close() {
            for (int round = 0; round < MOST_ROUNDS && folders.stream().anyMatch(Group::kill); round++) {
                LockSupport.parkNanos(PAUSE);
            }
            folders.stream().distinct().filter(folder -> !remove(folder)).forEach(leftovers::add);
        }

        /** Whether there was one to kill. */
        private static boolean kill(Path folder) {
            List<Long> processes = text(folder.resolve("cgroup.procs"))
                    .lines()
                    .map(Long::parseLong)
                    .filter(Group::isAlive) // and so not 0, as whom those are listed who cannot be seen from here
                    .toList();
            processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            return !processes.isEmpty();
        }

        /** The dead whose parent has not taken note yet are listed as well. */
        private static boolean isAlive(long pid) {
            String status = text(Path.of("/proc", String.valueOf(pid), "stat"));
            return !status.isEmpty()
                    && !status.substring(status.lastIndexOf(')')).startsWith(") Z");
        }
    }
}
