package dev.chiron.sandbox.isolate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a task's runs may see of the machine beyond programs and their own workspace.
 *
 * @param read files and folders, absolute
 * @param network whether they reach the network
 * @param devices devices, absolute; empty for the GPUs of this machine, all of them
 * @param caches folders that outlive a run
 */
public record Access(List<Path> read, boolean network, Optional<List<Path>> devices, List<Cache> caches) {

    /** Nothing but the GPUs. */
    public static final Access LEAST = new Access(List.of(), false, Optional.empty(), List.of());

    public Access {
        read = List.copyOf(read);
        devices = devices.map(List::copyOf);
        caches = List.copyOf(caches);
    }

    /**
     * A folder that outlives a run.
     *
     * @param source where it is on the machine
     * @param target where the run finds it; relative to its home folder, or absolute
     * @param writable whether runs may change it, and so leave something to those after them
     */
    public record Cache(Path source, String target, boolean writable) {}
}
