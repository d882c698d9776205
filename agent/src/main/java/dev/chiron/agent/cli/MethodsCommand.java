package dev.chiron.agent.cli;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.view.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code chiron methods}: who can propose. */
@Command(name = "methods", description = "Every method, with one line and its source.", mixinStandardHelpOptions = true)
final class MethodsCommand implements Callable<Integer> {

    private final Console console;

    MethodsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Table table = new Table();
        for (Method method : Method.values()) {
            table.row(method.label(), method.line(), method.source());
        }
        table.lines("").forEach(console.out()::println);
        return 0;
    }
}
