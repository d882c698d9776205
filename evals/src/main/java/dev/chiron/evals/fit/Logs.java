package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Card;
import dev.chiron.evals.surrogate.Validation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** What can be done with a user's log. */
public final class Logs {

    private Logs() {}

    /**
     * Reads a study's folder.
     *
     * @throws BadInput if there is none, or too little in it
     */
    public static Log study(Path folder) {
        return StudyLog.read(folder);
    }

    /**
     * Reads a table.
     *
     * @throws BadInput naming file, line and column of what cannot be used
     */
    public static Log table(Path file, CsvOptions options) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput("there is no file " + file);
        }
        return CsvLog.read(file, options);
    }

    /** Writes a log as a task's file. */
    public static void write(Log log, Path file) {
        if (!file.toString().endsWith(TaskFile.ENDING)) {
            throw new BadInput("--out " + file + ": the name of a task's file ends in " + TaskFile.ENDING);
        }
        try {
            new TaskFile().write(log, file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** How far a task fitted to the log can be believed. */
    public static Card card(Log log) {
        return new Validation(log.trials(), log.objective(), shown -> FittedTask.of("card", log.with(shown)))
                .card(Function.identity());
    }
}
