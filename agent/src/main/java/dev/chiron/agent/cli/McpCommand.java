package dev.chiron.agent.cli;

import dev.chiron.agent.mcp.StudyServer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron mcp}: studies for agents that speak the Model Context Protocol. */
@Command(
        name = "mcp",
        description =
                "Serves the studies in a folder to an agent over the Model Context Protocol (MCP), on standard input "
                        + "and output.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class McpCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = ".",
            paramLabel = "FOLDER",
            description = "nothing outside it is opened (default: the current folder)")
    private String folder = ".";

    @Option(
            names = "--allow-sandbox-off",
            description = "let task files switch the sandbox off; whoever can write them can then run anything here")
    private boolean unsandboxed;

    McpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path root = console.path(folder);
        try (StudyServer server = new StudyServer(Version.number(), root, unsandboxed, console.surroundings())) {
            Thread atExit = new Thread(server::close, "end-running-trials");
            Runtime.getRuntime().addShutdownHook(atExit);
            server.overLines(console.in(), console.out());
            server.close();
            release(atExit);
        }
        return 0;
    }

    private static void release(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending already
        }
    }
}
