package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * util-linux alone: {@code unshare} makes the namespaces, and a script of ours in them mounts what is to be seen, leaves everything else
 * behind and drops all capabilities. Slower than bubblewrap, and system calls are not filtered.
 *
 * @param session where util-linux's {@code setsid} is: a run with a controlling terminal could type into it
 * @param program where it is
 * @param setpriv ends it with the process that started it
 * @param script the text of {@code room.sh}
 * @param countsTasks whether the kernel counts the run's tasks for itself: it never does for root
 */
record Unshare(Path session, Path program, Path setpriv, Prlimit prlimit, String script, boolean countsTasks)
        implements Walls {

    private static final long SHARED = 1L << 30;
    private static final String LOADER = "LD_";

    @Override
    public Isolation level() {
        return Isolation.UNSHARE;
    }

    /** Nothing else keeps one process from the memory of another. */
    @Override
    public boolean keepsSecrets() {
        return Yama.keepsParentsApart();
    }

    @Override
    public int ownProcesses() {
        return 2;
    }

    @Override
    public Launch launch(Room room, List<String> command, List<Path> groups) {
        return new Launch(
                Start.apart(session, start(room, command, groups)),
                before(room),
                room.secret().orElse(""));
    }

    @Override
    public Launch shell(Room room, List<String> command, List<Path> groups) {
        return new Launch(start(room, command, groups), before(room), "");
    }

    private List<String> start(Room room, List<String> command, List<Path> groups) {
        return new Start(groups, Optional.of(room.sign()), Optional.empty(), new Start.Arguments.None())
                .then(words(room, command));
    }

    @Override
    public boolean stood(Room room) throws IOException {
        return Files.size(room.sign()) > 0;
    }

    /** The loader's variables act inside only: outside they would have its libraries, and perhaps the run's, in our own programs. */
    private static Map<String, String> before(Room room) {
        Map<String, String> variables = new LinkedHashMap<>(room.environment());
        variables.keySet().removeIf(name -> name.startsWith(LOADER));
        return variables;
    }

    private List<String> words(Room room, List<String> command) {
        List<String> words = new ArrayList<>(List.of(
                setpriv.toString(),
                "--pdeathsig",
                "KILL",
                program.toString(),
                "--user",
                "--map-root-user",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--cgroup"));
        if (!room.network()) {
            words.add("--net");
        }
        words.addAll(List.of("--fork", "--kill-child", "/bin/sh", "-c", script, "room"));
        words.addAll(List.of(root(room).toString(), room.workspace().toString()));
        add(words, "proc", "proc", "/proc");
        devices(words);
        add(words, "memory", String.valueOf(room.shared().orElse(SHARED)), "/dev/shm");
        add(words, "write", room.temporary().toString(), "/tmp");
        add(words, "link", "../tmp", "/var/tmp");
        room.halls().forEach(hall -> add(words, "hall", "", hall.toString()));
        room.around().forEach(mount -> add(words, mount));
        add(words, "write", room.workspace().toString(), room.workspace().toString());
        room.within().forEach(mount -> add(words, mount));
        room.halls().forEach(hall -> add(words, "freeze", "", hall.toString()));
        if (room.secret().isPresent()) {
            add(words, "blind", "", "/proc");
        }
        words.add("--");
        words.addAll(prlimit.limited(room, countsTasks, loaded(room, command)));
        return words;
    }

    private static List<String> loaded(Room room, List<String> command) {
        List<String> words = new ArrayList<>();
        room.environment().forEach((name, value) -> {
            if (name.startsWith(LOADER)) {
                words.add(name + "=" + value);
            }
        });
        if (words.isEmpty()) {
            return command;
        }
        words.add(0, "/usr/bin/env");
        words.addAll(command);
        return words;
    }

    @Override
    public boolean canLayer(Path lower, Path upper) {
        return false;
    }

    @Override
    public void prepare(Room room) throws IOException {
        Files.createDirectories(root(room));
    }

    /** Where the script mounts what will be the run's root. */
    private static Path root(Room room) {
        return room.scaffold().resolve("root");
    }

    private static void devices(List<String> words) {
        for (String name : List.of("null", "zero", "full", "random", "urandom", "tty")) {
            add(words, "device", "/dev/" + name, "/dev/" + name);
        }
        add(words, "link", "/proc/self/fd", "/dev/fd");
        add(words, "link", "/proc/self/fd/0", "/dev/stdin");
        add(words, "link", "/proc/self/fd/1", "/dev/stdout");
        add(words, "link", "/proc/self/fd/2", "/dev/stderr");
    }

    private static void add(List<String> words, Mount mount) {
        add(
                words,
                mount.kind().name().toLowerCase(Locale.ROOT),
                mount.source().toString(),
                mount.target().toString());
    }

    private static void add(List<String> words, String kind, String source, String target) {
        words.addAll(List.of(kind, source, target));
    }
}
