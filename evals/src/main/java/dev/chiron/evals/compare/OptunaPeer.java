package dev.chiron.evals.compare;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.EvalTask;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs one of Optuna's samplers on a task that {@code chiron evals objective} serves it.
 *
 * <p>Optuna's program begins with a baseline at most. Where a task has first configs of its own, {@code initial.py} is put
 * around it, which has them tried first. It knows one objective; of several {@code fronts.py} is run in its stead.
 *
 * @param python the interpreter
 * @param program Optuna's
 * @param objective the command that serves a task, up to the task's name
 * @param options what stands behind the task's name
 * @param environment the caller's; only what starting programs needs of it is handed on, so no key
 */
public record OptunaPeer(
        String python, String program, List<String> objective, List<String> options, Map<String, String> environment) {

    private static final List<String> HANDED_ON =
            List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME", "CHIRON_JAVA_OPTS");

    /**
     * Runs the seeds one after another.
     *
     * @param each told of each run as soon as it is done
     * @throws BadInput if the program cannot be started, fails, or prints what is no run
     */
    public void run(EvalTask task, String sampler, Seeds seeds, int trials, Consumer<Run> each)
            throws InterruptedException {
        try {
            Path messages = Files.createTempFile("chiron-optuna", ".err");
            try {
                run(task, sampler, command(task, sampler, seeds, trials), messages, each);
            } finally {
                Files.delete(messages);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(EvalTask task, String sampler, List<String> command, Path messages, Consumer<Run> each)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(messages.toFile());
        builder.environment().keySet().retainAll(HANDED_ON);
        HANDED_ON.stream()
                .filter(environment::containsKey)
                .forEach(name -> builder.environment().put(name, environment.getOrDefault(name, "")));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new BadInput("Optuna's program cannot be started: " + e.getMessage(), e);
        }
        int done = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            process.getOutputStream().close();
            String line = lines.readLine();
            while (line != null) {
                each.accept(new RunLines().readOptuna(task, line));
                done++;
                line = lines.readLine();
            }
            if (process.waitFor() != 0) {
                throw new BadInput("Optuna's " + sampler + " failed on " + task.name() + " after " + done + " seeds: "
                        + lastLine(messages));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private List<String> command(EvalTask task, String sampler, Seeds seeds, int trials) {
        List<String> command = new ArrayList<>(List.of(python));
        if (!task.reference().isEmpty()) {
            command.addAll(List.of("-c", resource("fronts.py")));
        } else {
            if (task.seedsWithOwnInitial() > 0) {
                command.addAll(List.of("-c", resource("initial.py")));
            }
            command.add(program);
        }
        command.addAll(List.of("--sampler", sampler, "--trials", Integer.toString(trials)));
        command.addAll(List.of("--seeds", Integer.toString(seeds.count())));
        command.addAll(List.of("--first-seed", Long.toString(seeds.first()), "--"));
        command.addAll(objective);
        command.add(task.name());
        command.addAll(options);
        return command;
    }

    private static String resource(String name) {
        try (InputStream wrapper = OptunaPeer.class.getResourceAsStream(name)) {
            if (wrapper == null) {
                throw new AssertionError("not in the jar: " + name);
            }
            return new String(wrapper.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lastLine(Path messages) throws IOException {
        List<String> lines = new String(Files.readAllBytes(messages), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    }
}
