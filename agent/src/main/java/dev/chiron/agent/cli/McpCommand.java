package dev.chiron.agent.cli;

import dev.chiron.agent.mcp.StudyServer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code chiron mcp}: studies for agents that speak the Model Context Protocol. */
@Command(
        name = "mcp",
        description = "Serves studies to an agent over the Model Context Protocol (MCP), on standard input and output.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class McpCommand implements Callable<Integer> {

    private final Console console;

    McpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        new StudyServer(Version.number(), console.err()::println).overLines(console.in(), console.out());
        return 0;
    }
}
