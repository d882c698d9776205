package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes runs as they are done: into a file, line by line, so that a long comparison that is stopped is not lost. */
final class RunSink implements Consumer<Run> {

    private final Console console;
    private final Optional<Path> file;
    private final List<Run> runs = new ArrayList<>();

    /** @param file made anew; empty for no file */
    RunSink(Console console, Optional<Path> file) {
        this.console = console;
        this.file = file;
        file.ifPresent(path -> write(path, ""));
    }

    @Override
    public void accept(Run run) {
        runs.add(run);
        file.ifPresent(path -> write(path, new RunLines().write(run) + "\n", StandardOpenOption.APPEND));
        console.err().println(run.task() + " " + run.method() + " seed " + run.seed() + " done");
    }

    /** All runs so far, in order. */
    List<Run> runs() {
        return List.copyOf(runs);
    }

    private static void write(Path path, String text, StandardOpenOption... options) {
        try {
            Files.writeString(path, text, options);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be written: " + e.getMessage(), e);
        }
    }
}
