package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import dev.chiron.agent.view.Table;
import dev.chiron.evals.task.Suite;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code chiron evals list}: what methods can be measured on. */
@Command(
        name = "list",
        description = "The tasks, by suite, and what is missing for them.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (Suite suite : data.tasks(console).suites()) {
            console.out().println(suite.name() + ": " + suite.line());
            suite.missing().ifPresent(message -> console.out().println("  not here: " + message));
            Table table = new Table();
            suite.tasks().forEach(task -> table.row(task));
            table.lines("  ").forEach(console.out()::println);
        }
        console.out()
                .println("A suite's name stands for all its tasks: chiron evals run --task synthetic --method tpe");
        return 0;
    }
}
