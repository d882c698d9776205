package dev.chiron.agent.cli;

import dev.chiron.agent.End;
import dev.chiron.agent.spec.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron run}: the loop, headless. */
@Command(
        name = "run",
        description = "Tunes the script of a task until the budget is spent; goes on with a study that was stopped.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final TaskOptions task = new TaskOptions();

    @Option(
            names = "--sandbox-shell",
            description = "open a shell where a trial would run, as it would see it, instead of running any")
    private boolean sandboxShell;

    @Option(
            names = "--notify-command",
            paramLabel = "COMMAND",
            description = {
                "start this program on a new best and at the end, without a shell, with the event as JSON on its standard input;",
                "in its environment CHIRON_EVENT (best or end), CHIRON_BEST and more, and no key"
            })
    private @Nullable String notifyCommand;

    @Option(names = "--json", description = "write JSON lines to standard output, one an event")
    private boolean json;

    @Option(names = "--quiet", description = "no progress, only the summary")
    private boolean quiet;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = task.file(console);
        Path folder = task.folder(console);
        List<Setting> settings = new ArrayList<>(task.settings(console));
        if (notifyCommand != null) {
            settings.add(new Setting("notify_command", notifyCommand, "--notify-command"));
        }
        if (sandboxShell) {
            return new SandboxShell(console).open(file, settings, folder);
        }
        StudyRun.Display display =
                json ? StudyRun.Display.JSON : quiet ? StudyRun.Display.SUMMARY : StudyRun.Display.LINES;
        End end = new StudyRun(console, display).run(file, settings, folder, task.isFresh());
        return end.exitCode();
    }
}
