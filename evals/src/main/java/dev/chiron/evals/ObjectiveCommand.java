package dev.chiron.evals;

import dev.chiron.agent.cli.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code chiron evals objective}: a task for other programs, line by line, until their input ends. */
@Command(
        name = "objective",
        description = "Serves a task as JSON lines: one request on stdin, one answer on stdout.",
        mixinStandardHelpOptions = true)
final class ObjectiveCommand implements Callable<Integer> {

    private final Console console;
    private final InputStream in;

    @Mixin
    private DataOptions data = new DataOptions();

    @Parameters(paramLabel = "NAME", description = "the task; see: chiron evals list")
    private String name = "";

    ObjectiveCommand(Console console, InputStream in) {
        this.console = console;
        this.in = in;
    }

    @Override
    public Integer call() throws IOException {
        ObjectiveLines lines = new ObjectiveLines(data.tasks(console).find(name));
        print(lines.description());
        try (BufferedReader requests = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String request = requests.readLine();
            while (request != null && !console.out().checkError()) { // nobody reads the answers any more
                print(lines.answer(request));
                request = requests.readLine();
            }
        }
        return 0;
    }

    /** Always a line feed, whatever the system's own line end; flushed. */
    private void print(String line) {
        console.out().print(line + "\n");
        console.out().flush();
    }
}
