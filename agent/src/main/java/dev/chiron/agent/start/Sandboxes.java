package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.store.Entry;
import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Containment;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.isolate.Walls;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sandboxes of this machine. */
public final class Sandboxes {

    /** Where util-linux is, also for people whose search path has no sbin. */
    private static final List<String> USUAL = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    private final Probe probe;

    /** Looks for the programs that isolate in the search path, too. */
    public Sandboxes(Surroundings surroundings) {
        List<Path> search = new ArrayList<>();
        Stream.concat(
                        Stream.of(surroundings
                                .environment()
                                .getOrDefault("PATH", "")
                                .split(File.pathSeparator)),
                        USUAL.stream())
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .forEach(search::add);
        this.probe = new Probe(search, temporary(surroundings), System.getProperty("os.arch", ""));
    }

    private static Path temporary(Surroundings surroundings) {
        Path folder = Path.of(surroundings.environment().getOrDefault("TMPDIR", "/tmp"));
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new BadInput("TMPDIR: " + folder + " is no folder that can be written to; set it to one that is");
        }
        return folder;
    }

    /**
     * The sandbox of a level, or the strongest that works; says so where that is none.
     *
     * @param level as in {@code sandbox.level}
     * @throws BadInput if a level that is asked for does not work here
     */
    public Sandbox choose(String level) {
        if (level.equals(SandboxSpec.AUTO)) {
            return with(probe.best());
        }
        Isolation wanted = Isolation.labelled(level).orElse(Isolation.PLAIN);
        Probe.Finding finding = probe.look(wanted);
        return with(finding.walls()
                .orElseThrow(() -> new BadInput("sandbox.level: " + level + " does not work here: " + finding.detail()
                        + ". With `auto` the best that does is taken")));
    }

    /**
     * A study that was isolated does not go on with less unless that is asked for, in so many words and each time it is less than before.
     *
     * @param asked whether a flag named the level: what a file or a variable says may be older than the study
     * @param origin who named the level, if not a flag
     * @param entries its trials so far
     * @throws BadInput if it would
     */
    void requireAsGoodAsBefore(Sandbox sandbox, boolean asked, String origin, Path study, List<Entry> entries) {
        Optional<Isolation> before = last(entries).map(Containment::level);
        if (!asked && before.isPresent() && sandbox.level().isWeakerThan(before.get())) {
            String now = sandbox.level() == Isolation.PLAIN
                    ? SandboxSpec.OFF
                    : sandbox.level().label();
            Probe.Finding then = probe.look(before.get());
            throw new BadInput("the trials of " + study + " ran in "
                    + before.get().label() + ", "
                    + (then.walls().isPresent()
                            ? "which works here, and " + origin + " names " + now
                            : "of which only " + sandbox.level().label() + " is left: " + then.detail())
                    + ". To go on with less all the same, ask for it: --sandbox " + now);
        }
    }

    /**
     * What a person should know before trials run in a sandbox.
     *
     * @param asked whether a flag named the level
     * @param entries the study's trials so far
     */
    List<String> notes(Sandbox sandbox, String level, boolean asked, List<Entry> entries) {
        List<String> notes = new ArrayList<>();
        boolean best = level.equals(SandboxSpec.AUTO);
        if (sandbox.level() == Isolation.PLAIN && !asked) {
            notes.add("nothing isolates trials" + (best ? " here" : ", as sandbox.level says")
                    + ": they can read and change what you can. See chiron doctor.");
        } else if (sandbox.level() == Isolation.UNSHARE && best) {
            notes.add("trials are isolated by unshare, which does not filter system calls: "
                    + look(Isolation.BUBBLEWRAP).detail() + ".");
        }
        if (sandbox.groups().isEmpty()
                && last(entries).filter(Containment::counted).isPresent()) {
            notes.add(
                    "the kernel counted the memory and processes of earlier trials; no control group can be made now, so "
                            + "they are looked at every 50 ms. See chiron doctor.");
        }
        return notes;
    }

    private static Optional<Containment> last(List<Entry> entries) {
        return entries.stream().flatMap(entry -> entry.containment().stream()).reduce((earlier, later) -> later);
    }

    /** What came of trying a level. */
    public Probe.Finding look(Isolation level) {
        return probe.look(level);
    }

    /** Walls with the control groups that this process may make. */
    public Sandbox with(Walls walls) {
        return new Sandbox(walls, groups());
    }

    /** Where control groups can be made. */
    public Optional<Cgroups> groups() {
        return Cgroups.find();
    }
}
