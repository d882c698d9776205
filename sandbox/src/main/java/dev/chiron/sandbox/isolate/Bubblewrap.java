package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * bubblewrap. What matters and is easily forgotten, each with a test: started by root it would keep all capabilities; its own first process
 * inside shows its environment and its command line to the run, so both are empty; by root, {@code /proc/sys} would be writable; what it
 * makes on the way to a bound folder is writable until it is mounted anew.
 *
 * @param session where util-linux's {@code setsid} is: who presses Ctrl-C at the terminal must not reach the run
 * @param program where it is
 * @param prlimit for limits inside
 * @param nested whether it can forbid user namespaces inside (since 0.8)
 * @param filter of system calls, where there is one for this machine
 * @param layers how projects are laid under workspaces, where that can be done
 * @param user whom a run sees itself as: who is nobody's superuser outside is none inside, also where layers were mounted as root of a
 *     namespace
 * @param countsTasks whether the kernel counts the run's tasks for itself: it never does for root
 */
record Bubblewrap(
        Path session,
        Path program,
        Prlimit prlimit,
        boolean nested,
        Optional<Seccomp> filter,
        Optional<User> user,
        boolean countsTasks,
        Optional<Layers> layers)
        implements Walls {

    private static final long SHARED = 1L << 30;

    /** The numbers of a user and of its group. */
    record User(int uid, int gid) {}

    @Override
    public Isolation level() {
        return Isolation.BUBBLEWRAP;
    }

    @Override
    public boolean keepsSecrets() {
        return filter.isPresent() || Yama.keepsParentsApart();
    }

    @Override
    public int ownProcesses() {
        return 2;
    }

    /** The arguments come on standard input, where no list of processes shows them; from a file where a secret comes there. */
    @Override
    public Launch launch(Room room, List<String> command, List<Path> groups) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "--args", "8", "--json-status-fd", "7"));
        filter.ifPresent(calls -> words.addAll(List.of("--seccomp", "9")));
        words.add("--");
        words.addAll(prlimit.limited(room, countsTasks, command));
        Start.Arguments source =
                room.secret().isPresent() ? new Start.Arguments.In(file(room)) : new Start.Arguments.Input();
        Start start = new Start(groups, Optional.of(room.sign()), filter(room), source);
        return new Launch(
                Start.apart(session, start.then(under(room, words))),
                Map.of(),
                room.secret().orElseGet(() -> handed(room)));
    }

    @Override
    public Launch shell(Room room, List<String> command, List<Path> groups) {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        filter.ifPresent(calls -> words.addAll(List.of("--seccomp", "9")));
        words.addAll(arguments(room));
        words.add("--");
        words.addAll(prlimit.limited(room, countsTasks, command));
        Start start = new Start(groups, Optional.empty(), filter(room), new Start.Arguments.None());
        return new Launch(start.then(under(room, words)), Map.of(), "");
    }

    @Override
    public void prepare(Room room) throws IOException {
        Files.createDirectories(room.scaffold());
        if (filter.isPresent()) {
            Seccomp calls = room.secret().isPresent() ? filter.get().apart() : filter.get();
            Files.write(filter(room).orElseThrow(), calls.bytes());
        }
        if (layers.isPresent()) {
            layers.get().prepare(room);
        }
        if (room.secret().isPresent()) {
            Files.writeString(file(room), handed(room));
        }
    }

    /** The arguments of a run, apart from the terminal, as the program reads them from a file. */
    private String handed(Room room) {
        List<String> arguments = arguments(room);
        arguments.add("--new-session");
        return Start.terminated(arguments);
    }

    private static Path file(Room room) {
        return room.scaffold().resolve("arguments");
    }

    private Optional<Path> filter(Room room) {
        return filter.map(calls -> room.scaffold().resolve("filter"));
    }

    /** It reports a command's end only if the command has really begun. */
    @Override
    public boolean stood(Room room) throws IOException {
        return Files.readString(room.sign()).contains("exit-code");
    }

    private List<String> under(Room room, List<String> words) {
        return layers.map(found -> found.under(room, words)).orElse(words);
    }

    @Override
    public boolean canLayer(Path lower, Path upper) {
        return layers.map(found -> found.fit(lower, upper)).orElse(false);
    }

    private List<String> arguments(Room room) {
        List<String> arguments = new ArrayList<>(List.of("--unshare-all", "--unshare-user", "--die-with-parent"));
        if (nested) {
            arguments.add("--disable-userns");
        }
        user.ifPresent(own ->
                arguments.addAll(List.of("--uid", String.valueOf(own.uid()), "--gid", String.valueOf(own.gid()))));
        if (room.network()) {
            arguments.add("--share-net");
        }
        arguments.addAll(List.of("--cap-drop", "ALL", "--clearenv"));
        room.environment().forEach((name, value) -> arguments.addAll(List.of("--setenv", name, value)));
        processes(arguments, room);
        arguments.addAll(List.of("--dev", "/dev"));
        arguments.addAll(List.of("--size", String.valueOf(room.shared().orElse(SHARED)), "--tmpfs", "/dev/shm"));
        add(arguments, "--bind", room.temporary(), Path.of("/tmp"));
        arguments.addAll(List.of("--symlink", "../tmp", "/var/tmp"));
        for (Path hall : room.halls()) {
            arguments.addAll(List.of("--size", "4096", "--tmpfs", hall.toString()));
        }
        for (Mount mount : room.around()) {
            add(arguments, mount);
        }
        add(arguments, "--bind", room.workspace(), room.workspace());
        for (Mount mount : room.within()) {
            add(arguments, mount);
        }
        for (Path hall : room.halls()) {
            arguments.addAll(List.of("--remount-ro", hall.toString()));
        }
        for (String made : List.of("/proc", "/dev", "/")) {
            arguments.addAll(List.of("--remount-ro", made));
        }
        arguments.addAll(List.of("--chdir", room.workspace().toString()));
        return arguments;
    }

    /** Where one process has a secret, none sees the others: their memory, their files and their output are found there, too. */
    private static void processes(List<String> arguments, Room room) {
        if (room.secret().isEmpty()) {
            arguments.addAll(List.of("--proc", "/proc"));
            return;
        }
        arguments.addAll(List.of("--size", "4096", "--tmpfs", "/proc"));
        Machine.facts().forEach(fact -> add(arguments, fact));
    }

    private static void add(List<String> arguments, Mount mount) {
        switch (mount.kind()) {
            case READ -> add(arguments, "--ro-bind", mount.source(), mount.target());
            case WRITE -> add(arguments, "--bind", mount.source(), mount.target());
            case DEVICE -> add(arguments, "--dev-bind", mount.source(), mount.target());
            case LAYER -> throw new AssertionError("mounted before: " + mount);
            case LINK -> add(arguments, "--symlink", mount.source(), mount.target());
            case EMPTY ->
                arguments.addAll(List.of(
                        "--size",
                        "4096",
                        "--tmpfs",
                        mount.target().toString(),
                        "--remount-ro",
                        mount.target().toString()));
        }
    }

    private static void add(List<String> arguments, String option, Path source, Path target) {
        arguments.addAll(List.of(option, source.toString(), target.toString()));
    }
}
