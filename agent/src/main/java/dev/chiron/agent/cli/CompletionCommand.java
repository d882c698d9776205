package dev.chiron.agent.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chiron completion}: what a shell needs to complete all other commands. */
@Command(
        name = "completion",
        description = {
            "Completes commands, flags and some of their values in bash and zsh.",
            "Put this line into ~/.bashrc or ~/.zshrc:",
            "  source <(chiron completion)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("chiron", spec.root().commandLine()));
        return 0;
    }
}
