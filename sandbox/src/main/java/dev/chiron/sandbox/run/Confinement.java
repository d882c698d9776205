package dev.chiron.sandbox.run;

import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Launch;
import dev.chiron.sandbox.isolate.Room;
import dev.chiron.sandbox.isolate.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The room of one run with the control group around it, while it lasts. */
final class Confinement implements AutoCloseable {

    private final Sandbox sandbox;
    private final Room room;
    private final Optional<Cgroups.Group> group;

    private Confinement(Sandbox sandbox, Room room, Optional<Cgroups.Group> group) {
        this.sandbox = sandbox;
        this.room = room;
        this.group = group;
    }

    /**
     * Makes ready what the sandbox needs for a room.
     *
     * @param name of the control group, unlike that of any other run of this JVM
     * @throws IOException if the machine does not let it
     */
    static Confinement of(Sandbox sandbox, Room room, long memory, String name) throws IOException {
        Clearing.remove(room.scaffold()); // of a run that was killed
        sandbox.walls().prepare(room);
        Optional<Cgroups.Group> group = sandbox.groups().isPresent()
                ? Optional.of(sandbox.groups().get().open(name, OptionalLong.of(memory), room.tasks()))
                : Optional.empty();
        return new Confinement(sandbox, room, group);
    }

    Isolation level() {
        return sandbox.level();
    }

    Containment containment() {
        return sandbox.containment();
    }

    boolean isWalled() {
        return level() != Isolation.PLAIN;
    }

    /** Whether the kernel counts the run's memory and tasks, and keeps them within bounds. */
    boolean counts() {
        return group.isPresent();
    }

    /** How many of the processes below the first one only hold the walls. */
    int ownProcesses() {
        return sandbox.walls().ownProcesses();
    }

    /** Whether the kernel has ended a process of the run for want of memory. */
    boolean isOutOfMemory() {
        return group.isPresent() && group.get().killed() > 0;
    }

    Process start(Starter starter, List<String> command) throws IOException {
        List<Path> entries = group.map(Cgroups.Group::entries).orElse(List.of());
        Launch launch = sandbox.walls().launch(room, command, entries);
        ProcessBuilder builder =
                new ProcessBuilder(launch.command()).directory(room.workspace().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        Process process = starter.start(builder);
        launch.feed(process);
        return process;
    }

    /** Starts a command on this process's own terminal. */
    Process shell(Starter starter, List<String> command) throws IOException {
        List<Path> entries = group.map(Cgroups.Group::entries).orElse(List.of());
        Launch launch = sandbox.walls().shell(room, command, entries);
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(room.workspace().toFile())
                .inheritIO();
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        return starter.start(builder);
    }

    /** Whether a run that has ended by itself ever began; if not, the machine is to blame and not the run. */
    boolean hasBegun() {
        try {
            return sandbox.walls().stood(room);
        } catch (IOException unmade) {
            return false;
        }
    }

    @Override
    public void close() {
        group.ifPresent(Cgroups.Group::close);
        try {
            Clearing.remove(room.scaffold());
        } catch (IOException e) {
            throw new UncheckedIOException("the walls of a run cannot be cleared away: " + e.getMessage(), e);
        }
    }
}
