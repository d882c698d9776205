package dev.chiron.agent.cli;

import dev.chiron.agent.start.Surroundings;
import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command has of the world.
 *
 * @param in what a person answers
 * @param out results
 * @param err progress and messages
 * @param terminal whether a person watches: both streams are a terminal
 * @param directory the current folder
 */
public record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Path directory,
        Map<String, String> environment,
        InstantSource clock) {

    /** One of which nobody answers. */
    public Console(
            PrintStream out,
            PrintStream err,
            boolean terminal,
            Path directory,
            Map<String, String> environment,
            InstantSource clock) {
        this(InputStream.nullInputStream(), out, err, terminal, directory, environment, clock);
    }

    /** The same for a study, whose notes go to the messages. */
    public Surroundings surroundings() {
        return new Surroundings(directory, environment, clock, err::println);
    }

    /** The path that the user means by a text. */
    public Path path(String text) {
        return directory.resolve(text).normalize();
    }

    /** A message with the paths below the current folder as a person there would write them. */
    String shortened(String message) {
        return message.replace(directory + File.separator, "");
    }
}
