package dev.chiron.agent.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Commands run in a folder, with what they print. What {@code run} and {@code trials} write as JSON is held against its schema. */
final class Screen {

    private static final EventSchema SCHEMA = new EventSchema();

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<String> answer = Optional.empty();
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

    /** Lets a person sit before it who answers this to all that comes. */
    Screen answering(String text) {
        answer = Optional.of(text);
        return this;
    }

    /** Runs a command and gives its exit code. */
    int run(String... arguments) {
        out = new ByteArrayOutputStream();
        err = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(answer.orElse("").getBytes(StandardCharsets.UTF_8));
        Console console = new Console(
                in, stream(out), stream(err), answer.isPresent(), folder, environment, InstantSource.system());
        int exitCode = Main.execute(console, arguments);
        List<String> words = List.of(arguments);
        if (words.contains("--json") && (words.contains("run") || words.contains("trials"))) {
            SCHEMA.requireEvents(out());
        }
        return exitCode;
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
