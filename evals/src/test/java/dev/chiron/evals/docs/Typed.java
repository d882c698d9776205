package dev.chiron.evals.docs;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.cli.Main;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The commands of {@code chiron} that a shell would start, without starting them. A real shell takes variables, quotes and loops
 * apart; of all programs it finds {@code chiron} alone, which writes down what it was given.
 */
final class Typed {

    private static final String SCRIBE = """
            #!/bin/sh
            for argument in "$@"; do printf '%s\\0' "$argument"; done >"$CALLS/$$"
            """;

    private final Path root;

    /** @param root a folder of this alone */
    Typed(Path root) {
        this.root = root;
    }

    /** The arguments of each command. */
    List<List<String>> commands(String shell) throws IOException, InterruptedException {
        Path calls = Files.createDirectories(root.resolve("calls"));
        new Workplace(root, SCRIBE, "").with("CALLS", calls.toString()).shell(shell);
        try (Stream<Path> files = Files.list(calls)) {
            return files.sorted().map(Typed::words).toList();
        }
    }

    private static List<String> words(Path file) {
        try {
            String text = Files.readString(file);
            return text.isEmpty() ? List.of() : List.of(text.split("\0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses arguments that the command of that name does not take. */
    static void check(List<String> arguments) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, false, Path.of(""), Map.of(), InstantSource.system());
        Main.commandLine(console).parseArgs(arguments.toArray(String[]::new));
    }
}
