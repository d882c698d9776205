package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.sandbox.source.Source;
import dev.chiron.sandbox.source.Unsettable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron init SCRIPT}: a first task file for a script. */
@Command(
        name = "init",
        description = "Finds a script's constants and writes a commented chiron.yaml beside it, with inferred ranges.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(index = "0", paramLabel = "SCRIPT", description = "the training script: Python or Java")
    private String script = "";

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "the metric that the script prints (default: guessed from the script)")
    private @Nullable String metric;

    @Option(
            names = "--goal",
            paramLabel = "GOAL",
            description = "minimize or maximize (default: guessed from the metric's name)")
    private @Nullable String goal;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = "let a language model read the script and suggest the ranges: ollama:NAME, openai:NAME, ...")
    private @Nullable String llm;

    @Option(
            names = "--facts",
            paramLabel = "CARDS",
            description = "what the model is told of the papers' rules: auto or none (default: auto)")
    private String facts = "auto";

    @Option(names = "--force", description = "replace a chiron.yaml that is there")
    private boolean force;

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path path = console.path(script);
        Path task = path.resolveSibling("chiron.yaml");
        if (!Files.isRegularFile(path)) {
            throw new BadInput(script + ": no such file");
        }
        if (Files.exists(task) && !force) {
            throw new BadInput(task + " is there already: edit it, or replace it with --force");
        }
        if (!List.of("auto", "none").contains(facts)) {
            throw new BadInput("--facts " + facts + ": neither auto nor none");
        }
        Source source = read(path);
        Optional<RangeAdvice> adviser = llm == null ? Optional.empty() : RangeAdvice.from(console, llm);
        String name = path.getFileName().toString();
        TaskDraft draft = new TaskDraft(name, source);
        if (draft.isEmpty()) {
            throw new BadInput(script + ": no constant to tune was found: it needs lines such as LEARNING_RATE = 0.01 "
                    + "at the top level (or use --lr {LR} in `run:` of a chiron.yaml that you write yourself)");
        }
        if (adviser.isPresent()) {
            console.err().println("Asking " + adviser.get().model() + " for ranges ...");
            RangeAdvice.Given given = adviser.get().ask(name, source, facts.equals("none") ? Facts.NONE : Facts.TOLD);
            if (given.refusal().isPresent()) {
                console.err()
                        .println("chiron: " + adviser.get().model() + ": "
                                + given.refusal().get());
                return End.MODEL_REFUSED.exitCode();
            }
            TaskDraft advised = new TaskDraft(name, source, adviser.get().model(), given.advice());
            if (advised.isEmpty()) {
                console.err()
                        .println(adviser.get().model() + " would tune nothing. The ranges are those that names and "
                                + "values suggest.");
            } else {
                draft = advised;
            }
        }
        write(task, draft.text(metric == null ? draft.guessedMetric() : metric, goal == null ? "" : goal));
        console.out()
                .println("Wrote " + console.directory().relativize(task) + " with " + draft.size()
                        + (draft.size() == 1 ? " parameter." : " parameters."));
        for (Unsettable other : source.unsettable()) {
            console.err().println("Left alone: " + other.name() + " (line " + other.line() + "): " + other.why());
        }
        console.err()
                .println("Look it over, then: chiron run " + console.directory().relativize(task));
        return 0;
    }

    private Source read(Path path) {
        try {
            return Source.read(path);
        } catch (IOException e) {
            throw new BadInput(script + ": cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new BadInput(script + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path task, String text) {
        try {
            Files.writeString(task, text);
        } catch (IOException e) {
            throw new UncheckedIOException(task + " cannot be written: " + e.getMessage(), e);
        }
    }
}
