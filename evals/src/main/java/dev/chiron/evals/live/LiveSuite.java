package dev.chiron.evals.live;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.start.TaskRunner;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Remembered;
import dev.chiron.evals.task.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The examples: {@code live-spirals} trains examples/spirals. Of those that are there to have their scripts edited the constants are tuned. */
public final class LiveSuite implements Suite {

    private static final List<String> SEEDED = List.of("spirals", "letters");
    private static final List<String> NOISY = List.of("harvest", "tides"); // draw other random numbers in each run
    private static final String PREFIX = "live-";
    /** The constants alone are tuned, by whichever method is compared, also of an example that is there to have its script edited. */
    private static final Setting CONSTANTS = new Setting("method", Method.RANDOM.label(), "chiron evals");

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
        return "the bundled examples really trained in the sandbox: a third of a second to 3 s of a core a trial; spirals needs java, the others python3";
    }

    @Override
    public List<String> tasks() {
        return examples().map(PREFIX::concat).toList();
    }

    @Override
    public Optional<String> missing() {
        return examples()
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
        TaskRunner runner =
                TaskRunner.open(console.surroundings(), file, List.of(CONSTANTS), file.resolveSibling("chiron-study"));
        EvalTask live = new LiveTask(task, runner);
        boolean noisy = NOISY.contains(task.substring(PREFIX.length()));
        return Optional.of(noisy ? new NoisyLiveTask(live) : new Remembered(live));
    }

    private static Stream<String> examples() {
        return Stream.of(SEEDED, NOISY).flatMap(List::stream);
    }
}
