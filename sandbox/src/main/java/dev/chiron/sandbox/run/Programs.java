package dev.chiron.sandbox.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Finds the program that a command line names, once for each name. */
final class Programs {

    private static final Pattern PYTHON = Pattern.compile("python[0-9.]*");
    private static final long PATIENCE = 10;

    private final Path project;
    private final Environment environment;
    private final Starter starter;
    private final Map<String, Optional<String>> found = new ConcurrentHashMap<>();

    Programs(Path project, Environment environment, Starter starter) {
        this.project = project;
        this.environment = environment;
        this.starter = starter;
    }

    /** The program's path; a word with a slash is looked for in the workspace, then in the project (its {@code .venv} is not copied). */
    Optional<String> find(String word, Path workspace) {
        if (word.contains("/")) {
            return List.of(workspace, project).stream()
                    .map(folder -> folder.resolve(word).toAbsolutePath())
                    .filter(Files::isExecutable)
                    .findFirst()
                    .map(Path::toString);
        }
        return found.computeIfAbsent(word, this::search);
    }

    /** Whether a word of a command line names a Python. */
    static boolean isPython(String word) {
        return PYTHON.matcher(String.valueOf(Path.of(word).getFileName())).matches();
    }

    /** Why {@link #find} found nothing. */
    String missing(String word) {
        return word + ": not found "
                + (word.contains("/") ? "in the project, or not executable" : "on the PATH " + environment.path());
    }

    private Optional<String> search(String word) {
        List<Path> candidates = new ArrayList<>();
        for (String folder : environment.path().split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder, word).toAbsolutePath());
            }
        }
        return candidates.stream()
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> PYTHON.matcher(word).matches() ? interpreter(file.toString()) : file.toString());
    }

    /** The interpreter behind a version manager's shim, which costs 150 ms a start; the shim itself if it does not say. */
    private String interpreter(String python) {
        ProcessBuilder builder = new ProcessBuilder(python, "-I", "-c", "import sys; print(sys.executable)");
        builder.directory(project.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        environment.forQuestion(builder.environment());
        try {
            Process process = starter.start(builder);
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return python;
            }
            String answer = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
            return !answer.isEmpty() && Files.isExecutable(Path.of(answer)) ? answer : python;
        } catch (IOException e) {
            return python;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return python;
        }
    }
}
