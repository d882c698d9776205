package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Takes runs as they are done: into a file, line by line, so that a long comparison that is stopped goes on where it was. Says on
 * stderr what is done and about how long the rest takes.
 */
final class RunSink implements Consumer<Run> {

    private final Console console;
    private final Optional<Path> file;
    private final LongSupplier nanoTime;
    private final List<Run> runs = new ArrayList<>();
    private long began;
    private int left;
    private int done;

    /**
     * @param file whose runs count as done; empty for no file
     * @throws BadInput if there is something else in the file than runs; a last run that was cut short is taken out
     */
    RunSink(Console console, Optional<Path> file, LongSupplier nanoTime) {
        this.console = console;
        this.file = file;
        this.nanoTime = nanoTime;
        file.filter(Files::exists).ifPresent(this::readWhole);
    }

    private void readWhole(Path path) {
        try {
            String text = RunFile.text(path, path.toString());
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            String rest = text.substring(whole.length());
            if (!RunFile.beginsAsRun(rest)) {
                throw new BadInput(
                        path + " ends with what is no run, and is left as it is: name another file for the runs");
            }
            runs.addAll(new RunLines().read(path.toString(), whole.lines().toList()));
            if (whole.length() < text.length()) {
                Files.writeString(path, whole);
            }
        } catch (IOException e) {
            throw new BadInput(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Says how much there is to do, and starts the clock for the estimate. */
    void expect(int left) {
        this.left = left;
        this.began = nanoTime.getAsLong();
        if (!runs.isEmpty()) {
            console.err().println("runs that are there already: " + runs.size() + ", to go: " + left);
        }
    }

    @Override
    public void accept(Run run) {
        runs.add(run);
        file.ifPresent(path -> append(path, new RunLines().write(run) + "\n"));
        done++;
        console.err().println(run.task() + " " + run.method() + " seed " + run.seed() + " done" + rest());
    }

    private String rest() {
        if (done >= left) {
            return "";
        }
        Duration rest = Duration.ofNanos((nanoTime.getAsLong() - began) / done * (left - done));
        String time = rest.toMinutes() >= 1
                ? String.format(Locale.ROOT, "%d:%02d h", rest.toHours(), rest.toMinutesPart())
                : rest.toSeconds() + " s";
        return " (" + done + " of " + left + ", about " + time + " to go)";
    }

    /** All runs so far, those of the file first. */
    List<Run> runs() {
        return List.copyOf(runs);
    }

    private static void append(Path path, String line) {
        try {
            Files.writeString(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
        }
    }
}
