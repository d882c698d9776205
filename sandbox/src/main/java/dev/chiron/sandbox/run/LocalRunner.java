package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Mount;
import dev.chiron.sandbox.isolate.Room;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.isolate.View;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Runs a training as processes of this machine, in a copy of its project, under its limits. Whatever happens, no process of a run is left
 * when {@link #run} returns; if this JVM is killed, the next run in the same workspace ends what was left. Safe for use by several threads,
 * each with its own workspace.
 */
public final class LocalRunner implements Runner {

    private static final List<String> USUAL = List.of("python3", "java");

    private final Training training;
    private final Sandbox sandbox;
    private final View view;
    private final List<String> command;
    private final Set<String> holes;
    private final Environment environment;
    private final LongSupplier nanos;
    private final Starter starter = new Starter();
    private final Programs programs;
    private final Map<Path, Boolean> layers = new ConcurrentHashMap<>();
    private final AtomicLong runs = new AtomicLong();

    /**
     * A runner for one training.
     *
     * @param environment this JVM's variables; only a few harmless ones are passed on
     * @param sandbox what keeps the runs in
     * @throws IllegalArgumentException if the command line has an open quote or no word
     */
    public LocalRunner(Training training, Map<String, String> environment, Sandbox sandbox) {
        this(training, environment, sandbox, System::nanoTime);
    }

    LocalRunner(Training training, Map<String, String> environment, Sandbox sandbox, LongSupplier nanos) {
        this.training = training;
        this.sandbox = sandbox;
        this.command = CommandLine.split(training.run());
        this.holes = new LinkedHashSet<>(Holes.names(training.run()));
        training.env().values().forEach(template -> holes.addAll(Holes.names(template)));
        this.environment = new Environment(new LinkedHashMap<>(environment), training.env());
        this.nanos = nanos;
        this.programs = new Programs(training.project(), this.environment, starter);
        this.view = new View(this.environment.home(), training.project(), training.access());
    }

    @Override
    public Execution run(Change change, Path workspace) throws InterruptedException {
        Path place = workspace.toAbsolutePath().normalize();
        Marker marker = Marker.of(place);
        marker.end();
        Copy copy;
        try {
            ProjectCopy.Copied copied = copy(place);
            copy = new Copy(place.toRealPath(), copied, set(change.config(), place));
        } catch (IOException e) {
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the workspace could not be prepared: " + e, "");
        } catch (IllegalArgumentException e) {
            return Attempt.unstarted(Reason.REFUSED, String.valueOf(e.getMessage()), "");
        }
        Holes filled = new Holes(training.script(), change.config(), training.defaults());
        List<String> words = command.stream().map(filled::fill).collect(Collectors.toCollection(ArrayList::new));
        Optional<String> program = programs.find(words.get(0), copy.place());
        if (program.isEmpty()) {
            return Attempt.unstarted(Reason.CRASHED, programs.missing(words.get(0)), copy.diff());
        }
        words.set(0, program.get());
        if (Path.of(program.get()).endsWith("java")) {
            words.addAll(1, heap(training.limits()));
        }
        String run = ProcessHandle.current().pid() + "-" + runs.incrementAndGet();
        Bounds bounds = Bounds.of(training.limits(), copy.place());
        try (Confinement confinement = confine(copy, bounds, filled, program.get(), marker.value(run))) {
            return new Attempt(training, bounds, hints(copy), copy.place(), marker, nanos, confinement)
                    .run(starter, words, copy.diff());
        } catch (IOException e) {
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the sandbox could not be built: " + e, copy.diff());
        }
    }

    private Hints hints(Copy copy) {
        return new Hints(
                sandbox.level(),
                training.access().network(),
                copy.place(),
                copy.copied().unread());
    }

    /** A JVM takes a quarter of the machine's memory for its heap, whatever the limit; without one that is as good as any. */
    private static List<String> heap(Limits limits) {
        return limits.memory().isPresent()
                ? List.of("-XX:MaxRAM=" + limits.memory().getAsLong(), "-XX:MaxRAMPercentage=75")
                : List.of();
    }

    /**
     * Opens a shell on this process's own terminal, in the very place and environment of a run with this change, and waits for its end.
     *
     * @param workspace an empty folder to work in
     * @return its exit status
     * @throws IOException if it cannot be opened
     * @throws InterruptedException if the wait is interrupted; the shell and all in it has ended then
     */
    public int shell(Change change, Path workspace) throws IOException, InterruptedException {
        ProjectCopy.Copied copied = copy(workspace);
        Path place = workspace.toRealPath();
        Copy copy = new Copy(place, copied, set(change.config(), place));
        Holes filled = new Holes(training.script(), change.config(), training.defaults());
        String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
        String first = filled.fill(command.get(0));
        String program = programs.find(first, place).orElse(shell);
        Marker marker = Marker.of(place);
        Bounds bounds = Bounds.of(training.limits(), place);
        try (Confinement confinement = confine(copy, bounds, filled, program, marker.value("shell"))) {
            Process process = confinement.shell(starter, List.of(shell));
            try {
                return process.waitFor();
            } finally {
                process.destroyForcibly(); // when the wait was interrupted
                marker.end();
            }
        }
    }

    /** A project's copy: where it is, what was copied, and how the script was changed. */
    private record Copy(Path place, ProjectCopy.Copied copied, String diff) {}

    private ProjectCopy.Copied copy(Path workspace) throws IOException {
        return ProjectCopy.copy(training.project(), workspace, training.script(), this::canLayer);
    }

    /** Tried once for each folder: all workspaces of a study lie on the same file system. */
    private boolean canLayer(Path lower, Path upper) {
        return layers.computeIfAbsent(lower, folder -> sandbox.walls().canLayer(folder, upper));
    }

    private Confinement confine(Copy copy, Bounds bounds, Holes filled, String program, String mark)
            throws IOException {
        Path temporary = copy.place().resolve(".tmp");
        if (!Files.isDirectory(temporary, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(
                    temporary); // a link of the project's would have what it leads to shown as the run's own
        }
        Files.createDirectories(temporary);
        boolean walled = sandbox.level() != Isolation.PLAIN;
        Map<String, String> variables = environment.forRun(copy.place(), walled ? Path.of("/tmp") : temporary, filled);
        variables.put(Marker.VARIABLE, mark);
        List<Mount> mounts = walled ? mounts(copy, program, variables) : List.of();
        if (!walled) {
            linkCaches(copy.place());
        }
        Room room = new Room(
                copy.place(),
                temporary,
                mounts,
                variables,
                training.access().network(),
                bounds.tasks(),
                OptionalLong.of(bounds.file(copy.copied().bytes())),
                OptionalLong.of(bounds.memory()));
        return Confinement.of(sandbox, room, bounds.memory(), mark);
    }

    /** Without walls nothing can be shown at another place, only linked to, and nothing is read-only. */
    private void linkCaches(Path place) throws IOException {
        for (Access.Cache cache : training.access().caches()) {
            Path link = place.resolve(cache.target()).normalize();
            if (link.startsWith(place) && !Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(cache.source());
                Files.createDirectories(link.resolveSibling("."));
                Files.createSymbolicLink(link, cache.source());
            }
        }
    }

    private List<Mount> mounts(Copy copy, String program, Map<String, String> variables) throws IOException {
        List<Path> needed = new ArrayList<>(List.of(Path.of(program)));
        for (String name : USUAL) { // which a shell script may start
            programs.find(name, copy.place()).map(Path::of).ifPresent(needed::add);
        }
        List<Mount> layered = new ArrayList<>();
        Path project = training.project().toRealPath();
        copy.copied()
                .layers()
                .forEach(folder -> layered.add(
                        new Mount(Mount.Kind.LAYER, folder, copy.place().resolve(project.relativize(folder)))));
        copy.copied().hidden().forEach(folder -> layered.add(new Mount(Mount.Kind.EMPTY, folder, folder)));
        return view.mounts(copy.place(), needed, variables, copy.copied().outside(), layered, training.readonly());
    }

    /** Links of the project lead where they led: through them one would write to, or delete, the user's own files. */
    private static boolean isInside(Path path, Path workspace) throws IOException {
        return path.toRealPath().startsWith(workspace.toRealPath());
    }

    /** Writes the config's constants into the workspace's script and returns the diff. */
    private String set(Config config, Path workspace) throws IOException {
        if (training.metric() instanceof MetricSource.JsonFile json) {
            Path stale = workspace.resolve(json.file()).normalize();
            if (Files.exists(stale, LinkOption.NOFOLLOW_LINKS) && isInside(stale.resolveSibling("."), workspace)) {
                Files.deleteIfExists(stale);
            }
        }
        Map<String, Value> constants = new LinkedHashMap<>(config.values());
        constants.keySet().removeAll(holes);
        if (constants.isEmpty()) {
            return "";
        }
        Path script = workspace.resolve(training.script());
        if (!isInside(script, workspace)) {
            throw new IllegalArgumentException(
                    training.script() + " leads out of the project by a link: it is not written to");
        }
        Source source = Source.read(script);
        String changed = source.with(constants);
        Files.writeString(script, changed);
        return ScriptDiff.of(training.script(), source.text(), changed);
    }
}
