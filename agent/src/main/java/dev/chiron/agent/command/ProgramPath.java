package dev.chiron.agent.command;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs are. */
public final class ProgramPath {

    private ProgramPath() {}

    /** The file of a program: what {@code PATH} finds, or the one that is named with its folder; empty if there is none. */
    public static Optional<Path> find(String program, Map<String, String> environment) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program)).filter(ProgramPath::isProgram);
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(ProgramPath::isProgram)
                .findFirst();
    }

    /**
     * The words of a line that begins with a program.
     *
     * @throws IllegalArgumentException if it cannot be split, or there is no such program
     */
    public static List<String> words(String line, Map<String, String> environment) {
        List<String> words = Words.of(line);
        String program = words.isEmpty() ? "" : words.get(0);
        if (find(program, environment).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no program \"" + program + "\"" + (program.contains("/") ? "" : " on the PATH"));
        }
        return words;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
