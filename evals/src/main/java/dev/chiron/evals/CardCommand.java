package dev.chiron.evals;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.cli.Console;
import dev.chiron.evals.surrogate.Card;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code chiron evals card}: how good a surrogate is. */
@Command(
        name = "card",
        description = "Holds a task that was fitted to past runs against runs that it was not shown.",
        mixinStandardHelpOptions = true)
final class CardCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "TASK", description = "autoresearch, or a file that `chiron evals fit` wrote")
    private String task = "";

    CardCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Card card = data.tasks(console)
                .card(task)
                .orElseThrow(() -> new BadInput(task + " was not fitted to past runs, so there is nothing to doubt"));
        card.lines().forEach(console.out()::println);
        return 0;
    }
}
