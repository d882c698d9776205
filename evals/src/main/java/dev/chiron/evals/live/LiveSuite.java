package dev.chiron.evals.live;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.agent.start.TaskRunner;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Remembered;
import dev.chiron.evals.task.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The examples: {@code live-spirals} trains examples/spirals. */
public final class LiveSuite implements Suite {

    private static final List<String> EXAMPLES = List.of("spirals", "letters");
    private static final String PREFIX = "live-";

    private final Console console;
    private final Path folder;

    /** @param folder with a folder for each example */
    public LiveSuite(Console console, Path folder) {
        this.console = console;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "live";
    }

    @Override
    public String line() {
        return "the bundled examples really trained in the sandbox: 2 to 3 s of a core a trial; spirals needs java, letters python3";
    }

    @Override
    public List<String> tasks() {
        return EXAMPLES.stream().map(PREFIX::concat).toList();
    }

    @Override
    public Optional<String> missing() {
        return EXAMPLES.stream()
                .map(this::file)
                .filter(file -> !Files.isRegularFile(file))
                .findFirst()
                .map(file -> "there is no " + file + "; start ./chiron of the repository");
    }

    private Path file(String example) {
        return folder.resolve(example).resolve("chiron.yaml");
    }

    @Override
    public Optional<EvalTask> find(String task) {
        if (!tasks().contains(task)) {
            return Optional.empty();
        }
        missing().ifPresent(message -> {
            throw new BadInput(task + ": " + message);
        });
        Path file = file(task.substring(PREFIX.length()));
        TaskRunner runner = TaskRunner.open(console.surroundings(), file, file.resolveSibling("chiron-study"));
        return Optional.of(new Remembered(new LiveTask(task, runner)));
    }
}
