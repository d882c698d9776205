package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome.Reason;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Runs a training as processes of this machine, in a copy of its project, under its limits. Whatever happens, no process of a run is left
 * when {@link #run} returns; if this JVM is killed, the next run in the same workspace ends what was left. Safe for use by several threads,
 * each with its own workspace.
 */
public final class LocalRunner implements Runner {

    private final Training training;
    private final List<String> command;
    private final Set<String> holes;
    private final Environment environment;
    private final LongSupplier nanos;
    private final Starter starter = new Starter();
    private final Programs programs;
    private final AtomicLong runs = new AtomicLong();

    /**
     * A runner for one training.
     *
     * @param environment this JVM's variables; only a few harmless ones are passed on
     * @throws IllegalArgumentException if the command line has an open quote or no word
     */
    public LocalRunner(Training training, Map<String, String> environment) {
        this(training, environment, System::nanoTime);
    }

    LocalRunner(Training training, Map<String, String> environment, LongSupplier nanos) {
        this.training = training;
        this.command = CommandLine.split(training.run());
        this.holes = new LinkedHashSet<>(Holes.names(training.run()));
        training.env().values().forEach(template -> holes.addAll(Holes.names(template)));
        this.environment = new Environment(new LinkedHashMap<>(environment), training.env());
        this.nanos = nanos;
        this.programs = new Programs(training.project(), this.environment, starter);
    }

    @Override
    public Execution run(Change change, Path workspace) throws InterruptedException {
        Path place = workspace.toAbsolutePath().normalize();
        Marker marker = Marker.of(place);
        marker.end();
        String diff;
        try {
            ProjectCopy.copy(training.project(), place);
            Files.createDirectories(place.resolve(".tmp"));
            diff = set(change.config(), place);
        } catch (IOException e) {
            return Attempt.unstarted(Reason.INFRASTRUCTURE, "the workspace could not be prepared: " + e, "");
        } catch (IllegalArgumentException e) {
            return Attempt.unstarted(Reason.REFUSED, String.valueOf(e.getMessage()), "");
        }
        Holes filled = new Holes(training.script(), change.config());
        List<String> words = command.stream().map(filled::fill).collect(Collectors.toCollection(ArrayList::new));
        String program = words.get(0);
        if (programs.find(program, place).isEmpty()) {
            return Attempt.unstarted(Reason.CRASHED, programs.missing(program), diff);
        }
        words.set(0, programs.find(program, place).orElseThrow());
        // A session of its own: the terminal sends a Ctrl-C that is meant for Chiron to the whole foreground group.
        programs.find("setsid", place).ifPresent(setsid -> words.add(0, setsid));
        ProcessBuilder builder = new ProcessBuilder(words).directory(place.toFile());
        environment.forRun(builder.environment(), place, filled);
        String run = ProcessHandle.current().pid() + "-" + runs.incrementAndGet();
        builder.environment().put(Marker.VARIABLE, marker.value(run));
        return new Attempt(training, place, marker, nanos).run(starter, builder, diff);
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
