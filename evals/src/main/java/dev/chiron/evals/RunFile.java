package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of runs, as {@code --out} writes them. */
final class RunFile {

    private RunFile() {}

    /**
     * The runs of files, one after another.
     *
     * @throws BadInput if one cannot be read, or has a line that is no run
     */
    static List<Run> readAll(Console console, List<String> files) {
        List<Run> runs = new ArrayList<>();
        for (String file : files) {
            runs.addAll(new RunLines()
                    .read(file, text(console.path(file), file).lines().toList()));
        }
        return runs;
    }

    /**
     * What stands in a file.
     *
     * @param name what to call it in a message
     * @throws BadInput if it cannot be read, or is no text
     */
    static String text(Path file, String name) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new BadInput(name + " is not text in UTF-8, so it has no runs", e);
        } catch (IOException e) {
            throw new BadInput(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
