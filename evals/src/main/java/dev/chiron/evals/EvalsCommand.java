package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code chiron evals}: benchmarks. */
@Command(
        name = "evals",
        description = "Benchmarks of Chiron itself.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class EvalsCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    EvalsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(spec.commandLine().getUsageMessage(CommandLine.Help.Ansi.OFF));
        return 0;
    }

    /** Prints medians: this is a measurement, not a test. */
    @Command(
            name = "speed",
            description = "Measures Chiron's own cost: optimizer, loop, start, replay, memory, surrogates.",
            mixinStandardHelpOptions = true)
    int speed(
            @Option(
                            names = "--trials",
                            defaultValue = "10000",
                            paramLabel = "N",
                            description = "length of the long study (default: ${DEFAULT-VALUE})")
                    int trials,
            @Mixin DataOptions data)
            throws Exception {
        Speed speed = new Speed(Path.of(System.getProperty("java.io.tmpdir")), console.environment());
        List<Speed.Figure> figures = new ArrayList<>(speed.measure(trials));
        figures.addAll(new SurrogateSpeed(data.tasks(console)).measure());
        console.out().printf("%-58s %12s %10s%n", "what", "measured", "goal");
        for (Speed.Figure figure : figures) {
            console.out().printf("%-58s %12s %10s%n", figure.what(), figure.measured(), figure.goal());
        }
        return 0;
    }
}
