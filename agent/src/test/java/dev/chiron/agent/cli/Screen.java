package dev.chiron.agent.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Commands run in a folder, with what they print. */
final class Screen {

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private ByteArrayOutputStream err = new ByteArrayOutputStream();

    Screen(Path folder) {
        this.folder = folder;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", folder.toString());
    }

    Screen with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command and gives its exit code. */
    int run(String... arguments) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        Console console = new Console(stream(out), stream(err), false, folder, environment, InstantSource.system());
        return Main.execute(console, arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
