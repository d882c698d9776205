package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What one run sees and may use.
 *
 * @param workspace the folder to work in, absolute, without links; seen at its own place and writable
 * @param temporary a folder of the machine that the run sees as {@code /tmp}
 * @param mounts what else it sees, in order: later ones lie over earlier ones
 * @param environment all of its variables
 * @param network whether it reaches the machine's network
 * @param tasks most processes and threads at one time, a bound for accidents
 * @param file most bytes of one file
 * @param shared most bytes of shared memory ({@code /dev/shm})
 * @param secret a line on the standard input of its first process, which that process may keep from those that it starts; empty where
 *     there is nothing on it
 */
public record Room(
        Path workspace,
        Path temporary,
        List<Mount> mounts,
        Map<String, String> environment,
        boolean network,
        int tasks,
        OptionalLong file,
        OptionalLong shared,
        Optional<String> secret) {

    private static final List<Path> TEMPORARY = List.of(Path.of("/tmp"), Path.of("/var/tmp"));

    public Room {
        mounts = List.copyOf(mounts);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** One whose first process has nothing on its standard input. */
    public Room(
            Path workspace,
            Path temporary,
            List<Mount> mounts,
            Map<String, String> environment,
            boolean network,
            int tasks,
            OptionalLong file,
            OptionalLong shared) {
        this(workspace, temporary, mounts, environment, network, tasks, file, shared, Optional.empty());
    }

    /** Beside the workspace, where the run cannot reach: what its walls are built with. Not there before and not after the run. */
    public Path scaffold() {
        return workspace.resolveSibling("." + workspace.getFileName() + "-walls");
    }

    /** In the scaffold: where the walls say that they stand. */
    Path sign() {
        return scaffold().resolve("sign");
    }

    /**
     * The folders at the top of {@code /tmp}, which is the run's own, that it has only because something is mounted further down. Whoever
     * could move one away could put something else at the place of all that is below.
     */
    List<Path> halls() {
        return Stream.concat(Stream.of(workspace), around().stream().map(Mount::target))
                .flatMap(target -> TEMPORARY.stream()
                        .filter(top -> target.startsWith(top) && target.getNameCount() > top.getNameCount() + 1)
                        .map(top -> top.resolve(target.getName(top.getNameCount()))))
                .distinct()
                .toList();
    }

    /** What is laid under folders of the workspace. */
    List<Mount> layers() {
        return mounts.stream().filter(mount -> mount.kind() == Mount.Kind.LAYER).toList();
    }

    /** What is mounted before the workspace, which may lie below it. */
    List<Mount> around() {
        return mounts.stream()
                .filter(mount -> !mount.target().startsWith(workspace))
                .toList();
    }

    /** What is mounted over the workspace. */
    List<Mount> within() {
        return mounts.stream()
                .filter(mount -> mount.target().startsWith(workspace) && mount.kind() != Mount.Kind.LAYER)
                .toList();
    }
}
