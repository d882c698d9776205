package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.session.Paint;
import dev.chiron.agent.session.PlainScreen;
import dev.chiron.agent.session.Screen;
import dev.chiron.agent.session.Session;
import dev.chiron.agent.session.TerminalScreen;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.start.Visit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "chiron.yaml",
            paramLabel = "TASK",
            description = "the task file (default: ${DEFAULT-VALUE})")
    private String task = "chiron.yaml";

    @Option(
            names = "--study",
            paramLabel = "FOLDER",
            description = "the study's folder (default: chiron-study beside the task)")
    private @Nullable String study;

    @Option(names = "--trials", paramLabel = "N", description = "wait after so many trials, the baseline included")
    private @Nullable String trials;

    @Option(names = "--method", paramLabel = "METHOD", description = "who proposes (see chiron methods)")
    private @Nullable String method;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = "who has the model's turns and answers questions, as for run; given several times: several")
    private List<String> llm = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "N", description = "the seed of all random choices")
    private @Nullable String seed;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "set any key of the task file, such as limits.time=5m")
    private List<String> set = new ArrayList<>();

    @Option(names = "--fresh", description = "begin anew; an old study is moved aside, not deleted")
    private boolean fresh;

    @Option(names = "--paused", description = "wait for /resume or /step before the first trial")
    private boolean paused;

    @Option(names = "--yes", description = "do what changes the study without asking")
    private boolean yes;

    SessionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = console.path(task);
        Path folder = study == null ? file.resolveSibling("chiron-study") : console.path(study);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput(folder + " is a file: give the study a folder with --study");
        }
        String shown = console.surroundings().shown(folder);
        try (Screen screen = screen(folder, shown)) {
            Surroundings surroundings = new Surroundings(
                    console.directory(), console.environment(), console.clock(), note -> screen.print(List.of(note)));
            Visit visit = new Visit(surroundings, file, settings(), folder, fresh);
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

    private List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        set.stream().map(Setting::set).forEach(settings::add);
        add(settings, "budget.trials", trials, "--trials");
        add(settings, "method", method, "--method");
        add(settings, "llm.model", llm.isEmpty() ? null : String.join(", ", llm), "--llm");
        add(settings, "seed", seed, "--seed");
        return settings;
    }

    private static void add(List<Setting> settings, String key, @Nullable String text, String flag) {
        if (text != null) {
            settings.add(new Setting(key, text, flag));
        }
    }
}
