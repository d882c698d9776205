package dev.chiron.sandbox.isolate;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to start for a run inside its walls.
 *
 * @param environment all variables of the first process
 * @param input what is written to its standard input, which is then closed
 */
public record Launch(List<String> command, Map<String, String> environment, String input) {

    public Launch {
        command = List.copyOf(command);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** Writes the input to the process that was started and closes it: whoever asks for more gets the end, not an endless wait. */
    public void feed(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            return; // it ended without reading, and says why itself
        }
    }
}
