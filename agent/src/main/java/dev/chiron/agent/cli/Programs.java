package dev.chiron.agent.cli;

import dev.chiron.agent.command.ProgramPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Other programs on this machine, as the search path finds them. */
record Programs(Map<String, String> environment) {

    private static final int PATIENCE_SECONDS = 10;

    /** Where a program is. */
    Optional<Path> find(String name) {
        return ProgramPath.find(name, environment);
    }

    /** What a program prints, stripped; empty if it is not there, fails, or takes longer than ten seconds. */
    Optional<String> output(String name, String... arguments) throws InterruptedException {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
