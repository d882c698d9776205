package dev.chiron.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, as a person or another program starts it. */
final class Started implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final BufferedReader lines;
    private final StringBuilder out = new StringBuilder();

    private Started(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.lines = process.inputReader();
    }

    static Started in(Path folder, String... arguments) {
        return in(folder, new LinkedHashMap<>(), arguments);
    }

    static Started in(Path folder, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        try {
            Path errors = Files.createTempFile(folder, "errors", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
            builder.environment().put("HOME", folder.toString());
            builder.environment().putAll(variables);
            return new Started(builder.start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on until a line that holds a text, and gives it. */
    String until(String text) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.append(line).append('\n');
            if (line.contains(text)) {
                return line;
            }
        }
        throw new AssertionError("it ended without \"" + text + "\":\n" + out + err());
    }

    /** Sends a signal, such as {@code TERM}. */
    void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** Reads to the end and gives the exit code. */
    int exitCode() throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.append(line).append('\n');
        }
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    /** What it has written to standard output, as far as it was read. */
    String out() {
        return out.toString();
    }

    String err() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
