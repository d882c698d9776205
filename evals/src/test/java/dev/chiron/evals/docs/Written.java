package dev.chiron.evals.docs;

import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.TaskFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pieces of a chiron.yaml, read as one: what a piece leaves out is a small task's. */
final class Written {

    private static final Pattern TOP = Pattern.compile("(?m)^([a-z_]+):");

    private final Path folder;

    /** @param folder with the files that the pages' tasks name */
    Written(Path folder) {
        this.folder = folder;
    }

    /** Reads a piece with everything that it does not have itself. */
    void check(String piece) throws IOException {
        Map<String, String> rest = new LinkedHashMap<>();
        rest.put("script", "train.py");
        rest.put("run", "python3 {script}");
        rest.put("metric", "{ name: val_loss }");
        rest.put("space", "{ LEARNING_RATE: { type: float, low: 0.001, high: 1, log: true } }");
        Matcher keys = TOP.matcher(piece);
        while (keys.find()) {
            rest.remove(keys.group(1));
        }
        StringBuilder task = new StringBuilder(piece);
        rest.forEach((key, value) -> task.append(key).append(": ").append(value).append('\n'));
        Path file = Files.writeString(folder.resolve("piece.yaml"), task);
        Surroundings surroundings =
                new Surroundings(folder, Map.of("HOME", folder.toString()), InstantSource.system(), note -> {});
        new TaskFile(surroundings).settings(file, List.of());
    }
}
