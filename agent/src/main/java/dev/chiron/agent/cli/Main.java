package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.store.UnusableStudy;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import picocli.CommandLine;

/** The program: finds the command, and turns its end into an exit code. */
public final class Main {

    static final int BAD_INPUT = 2;
    static final int UNUSABLE_STUDY = 7;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        boolean terminal =
                isTerminal() && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        Console console = new Console(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminal,
                Path.of("").toAbsolutePath(),
                environment,
                InstantSource.system());
        int exitCode = execute(console, args);
        console.out().flush();
        console.err().flush();
        System.exit(exitCode);
    }

    /** Before JDK 22 there is a console only on a terminal; since then there always is one, and it says what it is. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            Object answer = java.io.Console.class.getMethod("isTerminal").invoke(System.console());
            return Boolean.TRUE.equals(answer);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(descriptor)), true, StandardCharsets.UTF_8);
    }

    /** Runs one command; the exit codes are those of DESIGN section 5. */
    static int execute(Console console, String... args) {
        return commandLine(console).execute(args);
    }

    /** All commands, those that are added from outside included. */
    public static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new ChironCommand(console));
        List.of(
                        new DemoCommand(console),
                        new InitCommand(console),
                        new RunCommand(console),
                        new SessionCommand(console),
                        new McpCommand(console),
                        new ServeCommand(console),
                        new StatusCommand(console),
                        new BestCommand(console),
                        new TrialsCommand(console),
                        new ShowCommand(console),
                        new DiffCommand(console),
                        new WhyCommand(console),
                        new ImportanceCommand(console),
                        new ExplainCommand(console),
                        new ReportCommand(console),
                        new ApplyCommand(console),
                        new UndoCommand(console),
                        new ExportCommand(console),
                        new DoctorCommand(console),
                        new MethodsCommand(console),
                        new FactsCommand(console),
                        new ConfigCommand(console),
                        new CompletionCommand(console),
                        new JobCommand(console))
                .forEach(line::addSubcommand);
        ServiceLoader.load(Extension.class).forEach(extension -> line.addSubcommand(extension.command(console)));
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpAutoWidth(false);
        line.setParameterExceptionHandler((problem, arguments) -> {
            console.err().println("chiron: " + problem.getMessage());
            console.err()
                    .println("Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return BAD_INPUT;
        });
        line.setExecutionExceptionHandler((problem, command, result) -> exitCode(console, problem));
        return line;
    }

    private static int exitCode(Console console, Exception problem) {
        if (problem instanceof BadInput) {
            console.err().println("chiron: " + console.shortened(String.valueOf(problem.getMessage())));
            return BAD_INPUT;
        }
        if (problem instanceof UnusableStudy) {
            console.err().println("chiron: " + console.shortened(String.valueOf(problem.getMessage())));
            return UNUSABLE_STUDY;
        }
        if (problem instanceof UncheckedIOException) {
            console.err().println("chiron: " + console.shortened(String.valueOf(problem.getMessage())));
            return 1;
        }
        console.err().println("chiron: an internal error; please report it with what follows.");
        problem.printStackTrace(console.err());
        return 1;
    }
}
