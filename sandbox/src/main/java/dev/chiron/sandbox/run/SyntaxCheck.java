package dev.chiron.sandbox.run;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.isolate.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Asks a script's own compiler, in a sandbox, whether it is the language's, and runs nothing of it. */
final class SyntaxCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long OUTPUT = 1 << 20;
    private static final long DISK = 64 << 20;

    /** Says what is wrong and in which line, and ends with 3. */
    private static final String PYTHON = """
            import sys
            name = sys.argv[1]
            try:
                compile(open(name, "rb").read(), name, "exec", dont_inherit=True)
            except SyntaxError as e:
                print("%s, line %s: %s: %s" % (name, e.lineno, e.msg, (e.text or "").strip()))
                sys.exit(3)
            except Exception as e:
                print("%s: %s" % (name, e))
                sys.exit(3)
            """;

    /** Options of the launcher that the compiler needs, too, with their values. */
    private static final List<String> VALUED = List.of(
            "-cp", "-classpath", "--class-path", "-p", "--module-path", "--add-modules", "--add-exports", "--source");

    private static final String PREVIEW = "--enable-preview";
    private static final String ERROR = " error: ";

    private final Training training;
    private final Programs programs;
    private final Function<Training, Stage> stages;

    SyntaxCheck(Training training, Programs programs, Function<Training, Stage> stages) {
        this.training = training;
        this.programs = programs;
        this.stages = stages;
    }

    /**
     * What the compiler says against an edited script that it does not say against the project's.
     *
     * @param workspace beside which there is room
     */
    Optional<String> problem(String text, Path workspace) throws InterruptedException {
        try {
            Optional<String> command = command(workspace);
            if (command.isEmpty()) {
                return Optional.empty();
            }
            Path beside = workspace.resolveSibling("." + workspace.getFileName() + "-syntax");
            Optional<String> problem = problem(command.get(), text, beside);
            if (problem.isEmpty()) {
                return problem;
            }
            String original = Files.readString(training.project().resolve(training.script()));
            return problem(command.get(), original, beside).isPresent() ? Optional.empty() : problem;
        } catch (IOException | IllegalArgumentException machine) {
            return Optional.empty(); // the run will show
        }
    }

    private Optional<String> command(Path workspace) {
        return training.script().endsWith(".py")
                ? python(workspace)
                : training.script().endsWith(".java") ? java(workspace) : Optional.empty();
    }

    private Optional<String> python(Path workspace) {
        String first = CommandLine.split(training.run()).get(0);
        String word = Programs.isPython(first) ? first : "python3";
        return programs.find(word, workspace)
                .map(program -> quoted(List.of(program, "-I", "-W", "ignore", "-c", PYTHON, training.script())));
    }

    private Optional<String> java(Path workspace) {
        List<String> words = CommandLine.split(training.run());
        String word = Path.of(words.get(0)).endsWith("java") ? words.get(0) : "java";
        Optional<Path> compiler = programs.find(word, workspace).map(SyntaxCheck::javac);
        if (compiler.filter(Files::isExecutable).isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(
                compiler.get().toString(),
                "-proc:none",
                "-implicit:none",
                "-nowarn",
                "-encoding",
                "UTF-8",
                "-d",
                ".tmp"));
        for (int i = 1; i < words.size(); i++) {
            if (words.get(i).equals(PREVIEW)) {
                command.add(PREVIEW);
            } else if (VALUED.contains(words.get(i)) && i + 1 < words.size()) {
                command.addAll(words.subList(i, i + 2));
                i++;
            }
        }
        command.add(training.script());
        return Optional.of(quoted(command));
    }

    private static Path javac(String java) {
        try {
            return Path.of(java).toRealPath().resolveSibling("javac");
        } catch (IOException gone) {
            return Path.of(java).resolveSibling("javac");
        }
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private Optional<String> problem(String command, String text, Path beside)
            throws IOException, InterruptedException {
        Clearing.remove(beside);
        try {
            Path project = beside.resolve("project");
            Path script = project.resolve(training.script());
            Files.createDirectories(script.resolveSibling("."));
            Files.writeString(script, text);
            boolean alone = training.script().endsWith(".py"); // other modules are looked for when it runs, not before
            Training compiling = compiling(alone ? project : training.project(), command);
            Change.Edit edit =
                    new Change.Edit(Config.of(Map.of()), Variant.root("").edited(text, ""));
            Stage stage = stages.apply(compiling);
            Stage.Place place = stage.prepare(Optional.of(edit), beside.resolve("workspace"), List.of());
            return said(
                    stage.run(place, Config.of(Map.of()), Optional.empty(), Watch.NONE)
                            .execution(),
                    place.folder());
        } finally {
            Clearing.remove(beside);
        }
    }

    private Training compiling(Path project, String command) {
        Limits asked = training.limits();
        Limits limits = new Limits(PATIENCE, asked.memory(), OptionalInt.empty(), OUTPUT, OptionalLong.of(DISK));
        return new Training(
                project,
                training.script(),
                command,
                new LinkedHashMap<>(),
                training.objective(),
                new MetricSource.Stdout(),
                limits,
                List.of(),
                new Access(training.access().read(), false, Optional.of(List.of()), List.of()),
                Config.of(Map.of()));
    }

    private static Optional<String> said(Execution execution, Path workspace) {
        if (execution.outcome() instanceof Outcome.Failed failed && failed.reason() == Reason.TIMED_OUT) {
            return Optional.of("the compiler was not done with it after " + PATIENCE.toSeconds() + " s");
        }
        if (execution.exit().isEmpty() || execution.exit().getAsInt() == 0) {
            return Optional.empty();
        }
        List<String> lines = execution.tail().lines().toList();
        List<String> errors =
                lines.stream().dropWhile(line -> !line.contains(ERROR)).limit(3).toList();
        String message = String.join("\n", errors.isEmpty() ? lines : errors);
        return Optional.of(LastWords.shorten(message.replace(workspace + "/", "")));
    }
}
