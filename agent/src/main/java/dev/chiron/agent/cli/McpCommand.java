package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.mcp.StudyServer;
import dev.chiron.agent.mcp.wire.HttpTransport;
import dev.chiron.agent.mcp.wire.Token;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--http",
            paramLabel = "PORT",
            description = "answer over HTTP on 127.0.0.1 instead, to clients that show the token; 0 takes a free port")
    private @Nullable Integer http;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "keep the token of --http in this file, made when it is not there (default: a new one each time)")
    private @Nullable String tokenFile;

    McpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (http == null && tokenFile != null) {
            throw new BadInput("--token-file belongs to --http: over standard input and output there is no token");
        }
        try (StudyServer server =
                new StudyServer(Version.number(), console.path(folder), unsandboxed, console.surroundings())) {
            Thread atExit = new Thread(server::close, "end-running-trials");
            Runtime.getRuntime().addShutdownHook(atExit);
            if (http == null) {
                server.overLines(console.in(), console.out());
            } else {
                overHttp(server, http);
            }
            release(atExit);
        }
        return 0;
    }

    private void overHttp(StudyServer server, int port) throws InterruptedException {
        if (port < 0 || port > 65_535) {
            throw new BadInput("--http " + port + ": a port is 0 to 65535");
        }
        Token token = tokenFile == null ? Token.random() : Token.in(console.path(tokenFile));
        try (HttpTransport transport = server.overHttp(port, token)) {
            console.err().println("Serving " + console.path(folder) + " at " + transport.address() + " until Ctrl-C.");
            console.err()
                    .println(
                            tokenFile == null
                                    ? "Clients must send: Authorization: Bearer " + token.text()
                                    : "Clients must send the token in " + tokenFile + ": Authorization: Bearer TOKEN");
            new CountDownLatch(1).await();
        }
    }

    private static void release(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending already
        }
    }
}
