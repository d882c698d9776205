package dev.chiron.agent.cli;

import dev.chiron.agent.End;
import dev.chiron.agent.session.Paint;
import dev.chiron.agent.session.PlainScreen;
import dev.chiron.agent.session.Screen;
import dev.chiron.agent.session.Session;
import dev.chiron.agent.session.TerminalScreen;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.Visit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chiron session}: the loop, steered by a person at a prompt. */
@Command(
        name = "session",
        description = {
            "Runs a study as `run` does, with a prompt at which it can be watched, asked and steered.",
            "A study that another process runs is followed. Without a terminal, lines are read from standard input."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SessionCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final TaskOptions task = new TaskOptions();

    @Option(names = "--paused", description = "wait for /resume or /step before the first trial")
    private boolean paused;

    @Option(names = "--yes", description = "do what changes the study without asking")
    private boolean yes;

    SessionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = task.file(console);
        Path folder = task.folder(console);
        String shown = console.surroundings().shown(folder);
        try (Screen screen = screen(folder, shown)) {
            Surroundings surroundings = new Surroundings(
                    console.directory(), console.environment(), console.clock(), note -> screen.print(List.of(note)));
            Visit visit = new Visit(surroundings, file, task.settings(console), folder, task.isFresh());
            End end = new Session(
                            folder,
                            shown,
                            screen,
                            visit::open,
                            arguments -> shell(arguments, folder),
                            new Session.Choices(yes, paused))
                    .run();
            return end.exitCode();
        }
    }

    private Screen screen(Path folder, String shown) {
        if (!console.terminal()) {
            return new PlainScreen(
                    console.in(),
                    line -> {
                        console.out().println(line);
                        console.out().flush();
                    },
                    true);
        }
        boolean colours = console.environment().getOrDefault("NO_COLOR", "").isEmpty();
        return TerminalScreen.open(
                new Paint(colours), folder.resolve("session-history"), Session.completions(folder, shown));
    }

    /** Another command of this program, with what it writes in place of what is shown. */
    private List<String> shell(List<String> arguments, Path folder) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        Console inside = new Console(out, out, false, console.directory(), console.environment(), console.clock());
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--study", folder.toString()));
        Main.execute(inside, all.toArray(String[]::new));
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
