package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.compare.Run;
import dev.chiron.evals.compare.RunLines;
import java.io.IOException;
import java.nio.file.Files;
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
            try {
                runs.addAll(new RunLines().read(file, Files.readAllLines(console.path(file))));
            } catch (IOException e) {
                throw new BadInput(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return runs;
    }
}
