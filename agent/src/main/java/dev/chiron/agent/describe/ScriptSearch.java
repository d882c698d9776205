package dev.chiron.agent.describe;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the training script in a folder, where a person has not named it. */
public final class ScriptSearch {

    private static final long LARGEST = 1 << 20; // bytes; larger ones are data
    private static final int MOST_SHOWN = 5;

    private ScriptSearch() {}

    /**
     * The only script with something to tune; of several the only one that prints a metric.
     *
     * @throws BadInput if there is none or more than one, with what to do
     */
    public static Path only(Path folder) {
        List<Path> tunable = scripts(folder).stream()
                .filter(script -> draft(script).isPresent())
                .toList();
        List<Path> measured = tunable.stream()
                .filter(script -> draft(script).flatMap(TaskDraft::knownMetric).isPresent())
                .toList();
        List<Path> found = measured.isEmpty() ? tunable : measured;
        if (found.isEmpty()) {
            throw new BadInput(
                    "no script with a constant to tune is in this folder: name it, as in "
                            + "`chiron init train.py --describe ...`; it needs lines such as LEARNING_RATE = 0.01 at the top level");
        }
        if (found.size() > 1) {
            String names = String.join(
                    ", ",
                    found.stream()
                            .limit(MOST_SHOWN)
                            .map(script -> String.valueOf(script.getFileName()))
                            .toList());
            throw new BadInput("which script is to be tuned? " + names
                    + (found.size() > MOST_SHOWN ? " and others" : "") + " could be: name it, as in `chiron init "
                    + found.get(0).getFileName() + " --describe ...`");
        }
        return found.get(0);
    }

    private static List<Path> scripts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".py") || file.toString().endsWith(".java"))
                    .filter(file -> Files.isRegularFile(file) && file.toFile().length() <= LARGEST)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Empty where there is nothing to tune, or what is there cannot be read as a script. */
    private static Optional<TaskDraft> draft(Path script) {
        try {
            TaskDraft draft = new TaskDraft(String.valueOf(script.getFileName()), Source.read(script));
            return Optional.of(draft).filter(one -> !one.isEmpty());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
