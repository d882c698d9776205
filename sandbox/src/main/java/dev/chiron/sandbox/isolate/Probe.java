package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Finds out which walls hold here, by building each and starting something inside. */
public final class Probe {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 1000;
    private static final int SUPERUSER = 0;

    private final List<Path> search;
    private final Path temporary;
    private final String machine;
    private final Duration patience;
    private final Map<Isolation, Finding> known = new EnumMap<>(Isolation.class);

    /**
     * @param search folders in which programs are looked for
     * @param temporary a folder for a small room, which is gone afterwards
     * @param machine as {@code os.arch} says it
     */
    public Probe(List<Path> search, Path temporary, String machine) {
        this(search, temporary, machine, PATIENCE);
    }

    /** @param patience how long walls may take to be built */
    Probe(List<Path> search, Path temporary, String machine, Duration patience) {
        this.search = List.copyOf(search);
        this.temporary = temporary;
        this.machine = machine;
        this.patience = patience;
    }

    /**
     * What came of trying one level.
     *
     * @param walls empty if it does not work here
     * @param detail what it does, or why it does not work and what would help
     */
    public record Finding(Isolation level, Optional<Walls> walls, String detail) {}

    /** The strongest walls that hold; plain ones always do. */
    public Walls best() {
        return Stream.of(Isolation.BUBBLEWRAP, Isolation.UNSHARE)
                .map(this::look)
                .flatMap(finding -> finding.walls().stream())
                .findFirst()
                .orElseGet(this::plain);
    }

    /** Tries one level, once. */
    public synchronized Finding look(Isolation level) {
        return known.computeIfAbsent(level, this::tryOut);
    }

    private Finding tryOut(Isolation level) {
        return switch (level) {
            case BUBBLEWRAP -> bubblewrap();
            case UNSHARE -> unshare();
            case PLAIN -> new Finding(level, Optional.of(plain()), "limits and a cleared environment, nothing hidden");
        };
    }

    private Finding bubblewrap() {
        Optional<Path> program = program("bwrap");
        Optional<Prlimit> prlimit = prlimit();
        Optional<Path> session = program("setsid");
        if (program.isEmpty() || prlimit.isEmpty() || session.isEmpty()) {
            return missing(Isolation.BUBBLEWRAP, program.isEmpty() ? "bubblewrap" : "util-linux (prlimit, setsid)");
        }
        Optional<Seccomp> filter = Seccomp.of(machine);
        String refusal = "";
        for (boolean nested : new boolean[] {true, false}) { // before 0.8 it could not forbid namespaces inside
            Walls walls = new Bubblewrap(
                    session.get(), program.get(), prlimit.get(), nested, filter, user(), !isRoot(), layers());
            Optional<String> problem = attempt(walls);
            if (problem.isEmpty()) {
                return new Finding(
                        walls.level(),
                        Optional.of(walls),
                        "files by a list, no network, no capability, own processes"
                                + (filter.isPresent()
                                        ? ", system calls filtered"
                                        : "; system calls are not filtered on " + machine));
            }
            refusal = refusal.isEmpty() ? problem.get() : refusal;
            if (problem.get().equals(silence())) {
                break;
            }
        }
        return new Finding(Isolation.BUBBLEWRAP, Optional.empty(), refused(program.get(), refusal));
    }

    private Finding unshare() {
        Optional<Path> program = program("unshare");
        Optional<Path> setpriv = program("setpriv");
        Optional<Prlimit> prlimit = prlimit();
        Optional<Path> session = program("setsid");
        if (program.isEmpty()
                || session.isEmpty()
                || prlimit.isEmpty()
                || setpriv.isEmpty()
                || program("pivot_root").isEmpty()) {
            return missing(Isolation.UNSHARE, "util-linux (unshare, setpriv, setsid, prlimit, pivot_root)");
        }
        Walls walls = new Unshare(session.get(), program.get(), setpriv.get(), prlimit.get(), script(), !isRoot());
        Optional<String> problem = attempt(walls);
        return problem.isEmpty()
                ? new Finding(
                        walls.level(),
                        Optional.of(walls),
                        "files by a list, no network, no capability, own processes; system calls are not filtered")
                : new Finding(Isolation.UNSHARE, Optional.empty(), refused(program.get(), problem.get()));
    }

    private static String refused(Path program, String problem) {
        return program + " does not work here: " + problem
                + ". It needs user namespaces: see sysctl kernel.unprivileged_userns_clone (1), user.max_user_namespaces "
                + "(above 0), kernel.apparmor_restrict_unprivileged_userns (0); a container must allow them";
    }

    private static Finding missing(Isolation level, String what) {
        return new Finding(
                level,
                Optional.empty(),
                what + " is not installed (Debian, Ubuntu: apt-get install " + what.split(" ", 2)[0] + ")");
    }

    private Plain plain() {
        Optional<Plain.Perl> perl = prctl().flatMap(number -> program("perl")
                .filter(found -> Files.exists(Path.of("/proc/thread-self/children")))
                .map(found -> new Plain.Perl(found, number)));
        return new Plain(program("setsid"), perl, prlimit());
    }

    private Optional<Integer> prctl() {
        return switch (machine) {
            case "amd64", "x86_64" -> Optional.of(157);
            case "aarch64" -> Optional.of(167);
            default -> Optional.empty();
        };
    }

    /** Builds the walls around a shell that says a word; the reason if it does not. */
    private Optional<String> attempt(Walls walls) {
        try {
            Path folder = Files.createTempDirectory(temporary, "chiron-probe").toRealPath();
            try {
                return attempt(walls, folder);
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> attempt(Walls walls, Path folder) throws IOException {
        Room room = new Room(
                Files.createDirectory(folder.resolve("work")),
                Files.createDirectory(folder.resolve("tmp")),
                Machine.programs(),
                Map.of("PATH", "/usr/bin:/bin"),
                false,
                1000,
                OptionalLong.empty(),
                OptionalLong.empty());
        walls.prepare(room);
        Launch launch = walls.launch(room, List.of("/bin/sh", "-c", "echo inside"), List.of());
        ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        launch.feed(process);
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                return Optional.of(silence());
            }
        } catch (InterruptedException e) {
            end(process);
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
        InputStream in = process.getInputStream(); // which something left behind may keep open for ever
        String said = new String(in.readNBytes(Math.min(LONGEST, in.available())), StandardCharsets.UTF_8).strip();
        return said.equals("inside") ? Optional.empty() : Optional.of(said.isEmpty() ? "no answer" : said);
    }

    private String silence() {
        return "no answer in " + patience.toSeconds() + " s";
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private Optional<Path> program(String name) {
        return search.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private Optional<Prlimit> prlimit() {
        return program("prlimit").map(found -> Prlimit.of(found, Path.of("/proc/self/limits")));
    }

    private Optional<Layers> layers() {
        return program("unshare").flatMap(unshare -> program("mount").map(mount -> new Layers(unshare, isRoot())));
    }

    /** Who runs this; empty for root, as whom everything stays. */
    private static Optional<Bubblewrap.User> user() {
        try {
            Map<String, Object> own = Files.readAttributes(Path.of("/proc/self"), "unix:uid,gid");
            return isRoot() || !(own.get("uid") instanceof Integer uid) || !(own.get("gid") instanceof Integer gid)
                    ? Optional.empty()
                    : Optional.of(new Bubblewrap.User(uid, gid));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(SUPERUSER);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static String script() {
        try (InputStream script = Probe.class.getResourceAsStream("room.sh")) {
            if (script == null) {
                throw new AssertionError("room.sh is not in the jar");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
