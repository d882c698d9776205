package dev.chiron.evals.fit;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Card;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tasks of the user's own: the path of a file that {@code chiron evals fit} wrote is a task's name. */
public final class FittedSuite implements Suite {

    private final Function<String, Path> files;

    /** @param files the file of a path that a user wrote */
    public FittedSuite(Function<String, Path> files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "fitted";
    }

    @Override
    public String line() {
        return "surrogates of your own past runs: `chiron evals fit LOG` makes a FILE" + TaskFile.ENDING
                + ", whose path is a task";
    }

    @Override
    public List<String> tasks() {
        return List.of();
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public Optional<EvalTask> find(String task) {
        return log(task).map(log -> FittedTask.of(task, log));
    }

    @Override
    public Optional<Card> card(String task) {
        return log(task).map(Logs::card);
    }

    private Optional<Log> log(String task) {
        if (!task.endsWith(TaskFile.ENDING)) {
            return Optional.empty();
        }
        Path file = files.apply(task);
        if (!Files.isRegularFile(file)) {
            throw new BadInput("there is no file " + task + "; `chiron evals fit` makes one");
        }
        return Optional.of(new TaskFile().read(file));
    }
}
