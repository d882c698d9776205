package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.isolate.Access;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Mount;
import dev.chiron.sandbox.isolate.Room;
import dev.chiron.sandbox.isolate.Sandbox;
import dev.chiron.sandbox.isolate.View;
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
import java.util.stream.Stream;

/**
 * Where one command line of a task is run: copies the project, builds the room around the copy, runs the command in it and waits. No process
 * is left afterwards.
 */
final class Stage {

    /** Where a run is told the folder for what it saves. */
    static final String ARTIFACTS = "CHIRON_ARTIFACTS";

    private static final List<String> USUAL = List.of("python3", "java");
    private static final AtomicLong RUNS = new AtomicLong();

    private final Training training;
    private final Sandbox sandbox;
    private final View view;
    private final List<String> command;
    private final Set<String> holes;
    private final Environment environment;
    private final LongSupplier nanos;
    private final Starter starter;
    private final Programs programs;
    private final Map<Path, Boolean> layers = new ConcurrentHashMap<>();

    /** @throws IllegalArgumentException if the command line has an open quote or no word */
    Stage(Training training, Map<String, String> environment, Sandbox sandbox, Starter starter, LongSupplier nanos) {
        this.training = training;
        this.sandbox = sandbox;
        this.command = CommandLine.split(training.run());
        this.holes = new LinkedHashSet<>(Holes.names(training.run()));
        training.env().values().forEach(template -> holes.addAll(Holes.names(template)));
        this.environment = new Environment(new LinkedHashMap<>(environment), training.env());
        this.nanos = nanos;
        this.starter = starter;
        this.programs = new Programs(training.project(), this.environment, starter);
        this.view = new View(this.environment.home(), training.project(), training.access());
    }

    /**
     * A copy of the project that is ready for a command: where it is, what was copied, how the script was changed, what marks its processes, and what it is
     * given of checkpoints.
     */
    record Place(Path folder, ProjectCopy.Copied copied, String diff, Marker marker, Given given) {

        /** The same with a checkpoint to go on from. */
        Place loading(Path checkpoint) {
            return with(given.loading(checkpoint));
        }

        Place with(Given other) {
            return new Place(folder, copied, diff, marker, other);
        }
    }

    /**
     * Copies the project and changes the script.
     *
     * @param change empty for the script as it is
     * @param unseen what of the project is left out besides, absolute
     * @throws IllegalArgumentException if the change cannot be made
     */
    Place prepare(Optional<Change> change, Path workspace, List<Path> unseen) throws IOException {
        ProjectCopy.Copied copied =
                ProjectCopy.copy(training.project(), workspace, training.script(), omitted(unseen), this::canLayer);
        Path folder = workspace.toRealPath();
        Optional<Artifacts> artifacts = Artifacts.of(training, folder);
        if (artifacts.isPresent()) {
            artifacts.get().make();
        }
        ScriptText script = new ScriptText(training, holes, folder);
        script.clearResult();
        String diff = change.isPresent() ? script.set(change.get()) : "";
        return new Place(folder, copied, diff, Marker.of(workspace), Given.in(folder, training));
    }

    private ProjectCopy.Omitted omitted(List<Path> unseen) throws IOException {
        Path project = training.project().toRealPath();
        Scoring scoring = training.scoring();
        List<Path> hidden = Hiding.of(project, scoring.hidden()).places(project);
        return new ProjectCopy.Omitted(
                Stream.concat(hidden.stream(), unseen.stream()).toList(),
                Optional.of(project.resolve(scoring.artifacts()).normalize()).filter(path -> scoring.isAsked()));
    }

    /** Tried once for each folder: all workspaces of a study lie on the same file system. */
    private boolean canLayer(Path lower, Path upper) {
        return layers.computeIfAbsent(lower, folder -> sandbox.walls().canLayer(folder, upper));
    }

    /** Runs the command in a place and waits. */
    Finish run(Place place, Config config, Optional<Nonce> nonce, Watch watch) throws InterruptedException {
        Holes filled = holes(place, config);
        List<String> words = command.stream().map(filled::fill).collect(Collectors.toCollection(ArrayList::new));
        Optional<String> program = programs.find(words.get(0), place.folder());
        if (program.isEmpty()) {
            return Attempt.unstarted(Reason.CRASHED, programs.missing(words.get(0)), place.diff());
        }
        words.set(0, program.get());
        if (Path.of(program.get()).endsWith("java")) {
            words.addAll(1, heap(training.limits()));
        }
        Marker marker = place.marker();
        String run = ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet();
        Bounds bounds = Bounds.of(training.limits(), place.folder());
        try (Confinement confinement =
                confine(place, bounds, filled, program.get(), marker.value(run), nonce.map(Nonce::line))) {
            return new Attempt(training, bounds, hints(place), place.folder(), marker, nanos, confinement, nonce, watch)
                    .run(starter, words, place.diff());
        } catch (IOException e) {
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the sandbox could not be built: " + e, place.diff());
        }
    }

    /**
     * Runs the command on what another run has saved.
     *
     * @param trained the other run's workspace, without links on the way
     * @param workspace not there yet
     */
    Finish score(Change change, Path trained, Path workspace) throws IOException, InterruptedException {
        Place place = prepare(Optional.empty(), workspace, List.of(trained));
        Artifacts saved = Artifacts.of(training, trained).orElseThrow();
        Artifacts here = Artifacts.of(training, place.folder()).orElseThrow();
        long most = Bounds.of(training.limits(), place.folder()).disk();
        Optional<String> nothing = saved.copyTo(here, most);
        return nothing.isPresent()
                ? Attempt.unstarted(Reason.NO_METRIC, nothing.get(), "")
                : run(place, change.config(), Optional.empty(), Watch.NONE);
    }

    /**
     * Runs the command on several checkpoints, of which it is to make one.
     *
     * @param weights of each
     * @param run the workspace of the run that will go on from it
     * @param workspace not there yet
     */
    Finish merge(Config config, List<Path> checkpoints, List<Double> weights, Path run, Path workspace)
            throws IOException, InterruptedException {
        Place place = prepare(Optional.empty(), workspace, List.of(run));
        Given given = new Given(checkpoints, weights, place.given().save());
        return run(place.with(given), config, Optional.empty(), Watch.NONE);
    }

    /**
     * Opens a shell on this process's own terminal, in the very place and environment of the command, and waits for its end.
     *
     * @return its exit status
     */
    int shell(Place place, Config config) throws IOException, InterruptedException {
        Holes filled = holes(place, config);
        String shell = Files.isExecutable(Path.of("/bin/bash")) ? "/bin/bash" : "/bin/sh";
        String program =
                programs.find(filled.fill(command.get(0)), place.folder()).orElse(shell);
        Marker marker = place.marker();
        Bounds bounds = Bounds.of(training.limits(), place.folder());
        try (Confinement confinement =
                confine(place, bounds, filled, program, marker.value("shell"), Optional.empty())) {
            Process process = confinement.shell(starter, List.of(shell));
            try {
                return process.waitFor();
            } finally {
                process.destroyForcibly(); // when the wait was interrupted
                marker.end();
            }
        }
    }

    private Holes holes(Place place, Config config) {
        Optional<Path> artifacts = Artifacts.of(training, place.folder()).map(Artifacts::folder);
        return new Holes(
                training.script(),
                ProgressSchedule.inScript(config),
                ProgressSchedule.inScript(training.defaults()),
                artifacts);
    }

    private Hints hints(Place place) {
        return new Hints(
                sandbox.level(),
                training.access().network(),
                place.folder(),
                place.copied().unread());
    }

    /** A JVM takes a quarter of the machine's memory for its heap, whatever the limit; without one that is as good as any. */
    private static List<String> heap(Limits limits) {
        return limits.memory().isPresent()
                ? List.of("-XX:MaxRAM=" + limits.memory().getAsLong(), "-XX:MaxRAMPercentage=75")
                : List.of();
    }

    private Confinement confine(
            Place place, Bounds bounds, Holes filled, String program, String mark, Optional<String> secret)
            throws IOException {
        Path temporary = place.folder().resolve(".tmp");
        if (!Files.isDirectory(temporary, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(
                    temporary); // a link of the project's would have what it leads to shown as the run's own
        }
        Files.createDirectories(temporary);
        boolean walled = sandbox.level() != Isolation.PLAIN;
        Map<String, String> variables =
                environment.forRun(place.folder(), walled ? Path.of("/tmp") : temporary, filled);
        variables.put(Marker.VARIABLE, mark);
        Artifacts.of(training, place.folder())
                .ifPresent(saved -> variables.put(ARTIFACTS, saved.folder().toString()));
        variables.putAll(place.given().variables());
        List<Mount> mounts = walled ? mounts(place, program, variables) : List.of();
        if (!walled) {
            linkCaches(place.folder());
        }
        Room room = new Room(
                place.folder(),
                temporary,
                mounts,
                variables,
                training.access().network(),
                bounds.tasks(),
                OptionalLong.of(bounds.file(place.copied().bytes())),
                OptionalLong.of(bounds.memory()),
                secret);
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

    private List<Mount> mounts(Place place, String program, Map<String, String> variables) throws IOException {
        List<Path> needed = new ArrayList<>(List.of(Path.of(program)));
        for (String name : USUAL) { // which a shell script may start
            programs.find(name, place.folder()).map(Path::of).ifPresent(needed::add);
        }
        List<Mount> layered = new ArrayList<>();
        Path project = training.project().toRealPath();
        ProjectCopy.Copied copied = place.copied();
        copied.layers()
                .forEach(folder -> layered.add(
                        new Mount(Mount.Kind.LAYER, folder, place.folder().resolve(project.relativize(folder)))));
        copied.hidden().forEach(folder -> layered.add(new Mount(Mount.Kind.EMPTY, folder, folder)));
        Hiding hiding = Hiding.of(project, training.scoring().hidden());
        List<Mount> mounts = view.mounts(
                place.folder(), needed, variables, copied.outside(), layered, hiding.without(training.readonly()));
        // what is read-only is mounted over what was hidden below it
        List<Path> folders = copied.hidden().stream()
                .filter(folder -> hiding.places(project)
                        .contains(project.resolve(place.folder().relativize(folder))))
                .toList();
        List<Mount> all = new ArrayList<>(hiding.over(mounts, folders));
        all.addAll(place.given().mounts());
        return all;
    }
}
