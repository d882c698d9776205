package dev.chiron.agent.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code chiron} alone: says what there is. */
@Command(
        name = "chiron",
        description = "Tunes a training script: a classical optimizer and a language model take turns.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with: chiron demo"})
final class ChironCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ChironCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        return 0;
    }
}
