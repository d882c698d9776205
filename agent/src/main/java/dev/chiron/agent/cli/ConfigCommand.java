package dev.chiron.agent.cli;

import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.agent.view.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron config}: each setting with where it came from. */
@Command(
        name = "config",
        description =
                "Each setting with its value and where it came from: flag, environment, task file, your own file, default.",
        mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TASK",
            description = "the task file (default: chiron.yaml, if there is one)")
    private String task = "chiron.yaml";

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "as for run")
    private List<String> set = new ArrayList<>();

    ConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Setting> flags = set.stream().map(Setting::set).toList();
        Path file = console.path(task);
        TaskFile reader = new TaskFile(console.surroundings());
        List<Setting> settings = task.equals("chiron.yaml") && !Files.exists(file)
                ? reader.settings(flags)
                : reader.settings(file, flags);
        Table table = new Table();
        settings.forEach(setting -> table.row(setting.key(), setting.text(), console.shortened(setting.origin())));
        table.lines("").forEach(console.out()::println);
        return 0;
    }
}
