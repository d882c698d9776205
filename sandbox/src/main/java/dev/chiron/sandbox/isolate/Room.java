package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

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
 */
public record Room(
        Path workspace,
        Path temporary,
        List<Mount> mounts,
        Map<String, String> environment,
        boolean network,
        int tasks,
        OptionalLong file,
        OptionalLong shared) {

    public Room {
        mounts = List.copyOf(mounts);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Where in a workspace layers keep what only they read. */
    static final String LAYERS = ".chiron-layers";

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
