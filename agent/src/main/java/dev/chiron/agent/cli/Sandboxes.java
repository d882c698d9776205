package dev.chiron.agent.cli;

import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.isolate.Walls;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sandboxes of this machine. */
final class Sandboxes {

    /** Where util-linux is, also for people whose search path has no sbin. */
    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private final Probe probe;

    Sandboxes(Console console) {
        List<Path> search = new ArrayList<>();
        Stream.concat(
                        Stream.of(console.environment().getOrDefault("PATH", "").split(File.pathSeparator)),
                        USUAL.stream())
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .forEach(search::add);
        String temporary = console.environment().getOrDefault("TMPDIR", "/tmp");
        this.probe = new Probe(search, Path.of(temporary), System.getProperty("os.arch", ""));
    }

    /** The strongest that works. */
    Sandbox best() {
        return with(probe.best());
    }

    /** What came of trying a level. */
    Probe.Finding look(Isolation level) {
        return probe.look(level);
    }

    /** Walls with the control groups that this process may make. */
    Sandbox with(Walls walls) {
        return new Sandbox(walls, groups());
    }

    /** Where control groups can be made. */
    Optional<Cgroups> groups() {
        return Cgroups.find();
    }
}
