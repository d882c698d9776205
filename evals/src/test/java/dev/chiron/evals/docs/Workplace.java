package dev.chiron.evals.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A folder in which a reader would type what a page says, with a {@code chiron} on the path and a home of its own. */
final class Workplace {

    private static final int PATIENCE_SECONDS = 180;

    private final Path folder;
    private final Path bin;
    private final Map<String, String> variables = new LinkedHashMap<>();

    /**
     * @param root where the folders of the reader are made
     * @param chiron the script that stands for {@code chiron}
     * @param path where else programs are found
     */
    Workplace(Path root, String chiron, String path) {
        try {
            Files.createDirectories(root);
            folder = Files.createDirectory(root.resolve("work"));
            bin = Files.createDirectory(root.resolve("bin"));
            for (Path program : List.of(bin.resolve("chiron"), folder.resolve("chiron"))) {
                Files.writeString(program, chiron);
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            variables.put("HOME", Files.createDirectory(root.resolve("home")).toString());
            variables.put("PATH", path.isEmpty() ? bin.toString() : bin + ":" + path);
            variables.put("LANG", "C.UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Workplace with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Copies what is in a folder to a path below this one; empty for the folder itself. */
    void bring(Path from, String below) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(below).resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    /** Runs commands; {@code options} are the shell's own, such as {@code -e}. */
    Said shell(String commands, String... options) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(bin, "printed", ".txt");
        List<String> command = Stream.of(Stream.of("/bin/sh"), Stream.of(options), Stream.of("-c", commands))
                .flatMap(words -> words)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("does not end: " + commands + Files.readString(printed));
        }
        return new Said(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
    }
}
