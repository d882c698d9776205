package dev.chiron.agent.llm;

import dev.chiron.agent.command.CleanEnvironment;
import dev.chiron.agent.command.ProgramPath;
import dev.chiron.agent.command.Words;
import dev.chiron.sandbox.run.Marker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program that reads the prompt from its standard input and writes the reply to its standard output, such as a
 * command-line agent. It runs in the current folder, as when typed there, with an environment of its own: only what
 * finds programs, the home folder (where agents keep their login) and the language, and the variables that the options
 * name; no key goes along by itself. Prompt and reply go through files, so that a program that does not read, or leaves
 * a child behind that holds its output, cannot block; whatever is left of it when it has ended is ended, too.
 */
final class CommandModel implements Model {
    private static final int LARGEST_REPLY = 4 << 20;
    private static final long GLANCE_MILLIS = 20;
    private static final String PROMPT = "prompt";

    private final String line;
    private final List<String> command;
    private final Map<String, String> environment;
    private final LlmOptions options;
    private final Secrets secrets;
    private final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

    /**
     * @throws IllegalArgumentException if the line cannot be split or holds a key, or there is no such program: better
     *     known now than at night
     */
    CommandModel(String line, Map<String, String> environment, LlmOptions options, Secrets secrets) {
        this.line = line;
        this.command = Words.of(line);
        this.environment = environment;
        this.options = options;
        this.secrets = secrets;
        if (!secrets.mask(line).equals(line)) {
            throw new IllegalArgumentException("the command holds a key, which would be written down with the study; "
                    + "name the variable it is in under llm.env, and let the program read it from there");
        }
        String program = command.get(0);
        if (ProgramPath.find(program, environment).isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no program " + secrets.line(program) + (program.contains("/") ? "" : " on the PATH"));
        }
    }

    @Override
    public String name() {
        return secrets.mask("command:" + line);
    }

    @Override
    public Answer answer(Question question) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before the program was started");
        }
        try {
            CallFolder.sweep(temporary);
            try (CallFolder folder = CallFolder.open(temporary)) {
                Files.writeString(folder.file(PROMPT), question.prompt());
                return run(folder, folder.file("reply"), folder.file("errors"));
            }
        } catch (IOException failed) {
            return unreachable(program() + " could not be run: " + failed.getMessage(), 0);
        }
    }

    /** The terminal sends a Ctrl-C that is meant for Chiron to the whole foreground group. */
    private List<String> inOwnSession() {
        List<String> words = new ArrayList<>(command);
        ProgramPath.find("setsid", environment).ifPresent(setsid -> words.add(0, setsid.toString()));
        return words;
    }

    private Answer run(CallFolder folder, Path reply, Path errors) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(inOwnSession())
                .redirectInput(folder.file(PROMPT).toFile())
                .redirectOutput(reply.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(CleanEnvironment.of(environment, options.env()));
        builder.environment().put(Marker.VARIABLE, folder.mark());
        Process process = builder.start();
        Set<ProcessHandle> tree = new LinkedHashSet<>();
        try {
            String trouble = watch(process, tree, reply, errors);
            return trouble.isEmpty() ? read(process, reply, errors) : unreachable(program() + trouble, 1);
        } finally {
            end(process, tree);
        }
    }

    /** Waits for the end; returns why it was not waited for, or nothing. */
    private String watch(Process process, Set<ProcessHandle> tree, Path reply, Path errors)
            throws IOException, InterruptedException {
        Duration limit = options.timeout();
        long start = System.nanoTime();
        while (!process.waitFor(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
            // Remembered while their parent lives: afterwards an orphan is nobody's descendant.
            process.descendants().forEach(tree::add);
            if (System.nanoTime() - start > limit.toNanos()) {
                return " gave no reply within " + limit.toMillis() + " ms";
            }
            if (Files.size(reply) > LARGEST_REPLY || Files.size(errors) > LARGEST_REPLY) {
                break;
            }
        }
        return Files.size(reply) > LARGEST_REPLY || Files.size(errors) > LARGEST_REPLY
                ? " wrote more than " + (LARGEST_REPLY >> 20) + " MiB"
                : "";
    }

    private Answer read(Process process, Path reply, Path errors) throws IOException {
        String text = new String(Files.readAllBytes(reply), StandardCharsets.UTF_8);
        String complaint = lastLine(errors);
        if (process.exitValue() != 0) {
            String why = " ended with status " + process.exitValue();
            return unreachable(program() + why + (complaint.isEmpty() ? "" : ": " + complaint), 1);
        }
        if (text.isBlank()) {
            return unreachable(program() + " wrote no reply" + (complaint.isEmpty() ? "" : ": " + complaint), 1);
        }
        return new Answer.Replied(secrets.mask(text), new Usage(1, 0, 0));
    }

    private static String lastLine(Path errors) throws IOException {
        long skip = Math.max(0, Files.size(errors) - 4_096);
        try (InputStream in = Files.newInputStream(errors)) {
            in.skipNBytes(skip);
            String tail = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return tail.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
        }
    }

    private static void end(Process process, Set<ProcessHandle> tree) {
        process.descendants().forEach(tree::add);
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    /** What a program has done before it failed nobody knows; one that never ran has done nothing. */
    private Answer unreachable(String why, int run) {
        return new Answer.Unreachable(secrets.line(why), Usage.inVain(1, run));
    }

    private String program() {
        return command.get(0);
    }
}
