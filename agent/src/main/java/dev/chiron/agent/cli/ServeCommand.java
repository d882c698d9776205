package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.mcp.wire.Token;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.web.Dashboard;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron serve}: a live page about studies. */
@Command(
        name = "serve",
        description =
                "A live page about one or more studies, in a browser. It only reads: a study that runs is neither locked nor slowed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    private static final int USUAL = 8420;
    private static final int TRIED = 20; // ports after the usual one
    private static final String HERE = "127.0.0.1";

    private final Console console;

    @Parameters(
            paramLabel = "STUDY",
            description = "folders of studies, or folders that hold such folders (default: chiron-study)")
    private List<String> folders = new ArrayList<>();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "0 takes any (default: " + USUAL + ", or the next that is free)")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "the name or address of this machine under which it answers; any but this machine's own needs --token (default: ${DEFAULT-VALUE})")
    private String host = HERE;

    @Option(
            names = "--token",
            description = "visitors must show a token, made anew each time and printed in the address")
    private boolean token;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the same with a token that is kept in this file, made when it is not there")
    private @Nullable String tokenFile;

    @Option(names = "--open", description = "open the page in a browser")
    private boolean open;

    ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port != null && (port < 0 || port > 65_535)) {
            throw new BadInput("--port " + port + ": a port is 0 to 65535");
        }
        Map<String, Path> studies = studies();
        Optional<String> secret = tokenFile != null
                ? Optional.of(Token.in(console.path(tokenFile)).text())
                : token ? Optional.of(Token.random().text()) : Optional.empty();
        if (secret.isEmpty() && Dashboard.isOpen(host)) {
            throw new BadInput("--host " + host + " can be reached by others, who would see prompts, scripts and logs: "
                    + "give --token, so that only those see them who have the address with its token");
        }
        Dashboard.limit();
        try (Dashboard dashboard = taken(studies, secret)) {
            dashboard.start();
            String what = studies.size() == 1 ? studies.keySet().iterator().next() : studies.size() + " studies";
            console.err().println("Serving " + what + " until Ctrl-C, at");
            console.out().println(dashboard.address());
            console.out().flush();
            if (open) {
                open(dashboard.address());
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Map<String, Path> studies() {
        Map<String, Path> studies = new LinkedHashMap<>();
        for (String folder : folders.isEmpty() ? List.of("chiron-study") : folders) {
            Path path = console.path(folder);
            List<Path> inside = isStudy(path) ? List.of(path) : inside(path);
            if (inside.isEmpty()) {
                throw new BadInput(
                        Files.isDirectory(path)
                                ? folder + " is no study, and none lies in it: name a folder that `chiron run` made"
                                : "no study in " + folder + ": start one with `chiron run`, or name its folder");
            }
            for (Path study : inside) {
                studies.putIfAbsent(
                        study.equals(path)
                                ? folder
                                : Path.of(folder).resolve(study.getFileName()).toString(),
                        study);
            }
        }
        return studies;
    }

    private static List<Path> inside(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(ServeCommand::isStudy).sorted().toList();
        } catch (IOException e) {
            throw new BadInput(folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isStudy(Path folder) {
        return Files.isRegularFile(folder.resolve("journal.jsonl"))
                && Files.isRegularFile(folder.resolve("study.yaml"));
    }

    /** The server on its port, or on the next that is free where none was asked for. */
    private Dashboard taken(Map<String, Path> studies, Optional<String> secret) {
        KeyMask mask = KeyMask.of(console.environment());
        int first = port == null ? USUAL : port;
        int last = port == null ? USUAL + TRIED : port;
        for (int tried = first; tried <= last; tried++) {
            try {
                Dashboard dashboard = new Dashboard(studies, host, tried, secret, mask, surroundings());
                if (tried > first) {
                    console.err().println("Port " + first + " is taken, so it is " + tried + ".");
                }
                return dashboard;
            } catch (BindException e) {
                if (!String.valueOf(e.getMessage()).contains("in use")) {
                    throw new BadInput("--host " + host + ", port " + tried + ": " + e.getMessage(), e);
                }
            } catch (IOException e) {
                throw new BadInput("--host " + host + ": not a name or address of this machine", e);
            }
        }
        throw new BadInput(
                port == null
                        ? "ports " + first + " to " + last + " are taken: name a free one with --port, or 0 for any"
                        : "port " + first
                                + " is taken, perhaps by another `chiron serve`: name another with --port, or 0 for any");
    }

    /** Nothing is asked or run: no key is needed, and nothing is to be said. */
    private Surroundings surroundings() {
        return new Surroundings(console.directory(), Map.of(), console.clock(), note -> {});
    }

    private void open(String address) {
        Optional<Path> opener = Stream.of("xdg-open", "open", "wslview")
                .flatMap(program -> ProgramPath.find(program, console.environment()).stream())
                .findFirst();
        try {
            if (opener.isPresent()) {
                new ProcessBuilder(opener.get().toString(), address)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return;
            }
        } catch (IOException e) {
            // said below
        }
        console.err().println("No program here opens a browser: open the address yourself.");
    }
}
