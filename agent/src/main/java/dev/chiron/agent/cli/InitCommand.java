package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.describe.Adviser;
import dev.chiron.agent.describe.Asking;
import dev.chiron.agent.describe.ScriptSearch;
import dev.chiron.agent.start.Advised;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.RangesReader;
import dev.chiron.sandbox.source.Source;
import dev.chiron.sandbox.source.Unsettable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron init SCRIPT}: a first task file for a script. */
@Command(
        name = "init",
        description = "Finds a script's constants and writes a commented chiron.yaml beside it, with inferred ranges; "
                + "with --describe composed from your words, shown and written if you accept it.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SCRIPT",
            description =
                    "the training script: Python or Java (with --describe the only one in this folder, if there is only one)")
    private Optional<String> named = Optional.empty();

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

    @Option(
            names = "--record",
            paramLabel = "FOLDER",
            description = "keep what the model is asked and answers there; --llm replay:FOLDER answers the same again")
    private @Nullable String record;

    @Mixin
    private DescribeOptions words = new DescribeOptions();

    @Option(names = "--force", description = "replace a chiron.yaml that is there")
    private boolean force;

    InitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path path = script();
        String shown = named.orElse(String.valueOf(path.getFileName()));
        Path task = path.resolveSibling("chiron.yaml");
        if (!Files.isRegularFile(path)) {
            throw new BadInput(shown + ": no such file");
        }
        if (Files.exists(task) && !force) {
            throw new BadInput(task + " is there already: edit it, or replace it with --force");
        }
        if (!List.of("auto", "none").contains(facts)) {
            throw new BadInput("--facts " + facts + ": neither auto nor none");
        }
        Source source = read(path, shown);
        Optional<Request> request = words.request(console, path);
        Optional<Adviser> adviser = Optional.ofNullable(llm)
                .flatMap(spec -> Adviser.open(
                        console.surroundings(),
                        spec,
                        Optional.ofNullable(record).map(console::path)));
        if (new TaskDraft(shown, source).isEmpty()) {
            throw new BadInput(
                    shown
                            + ": no constant to tune was found: it needs lines such as LEARNING_RATE = 0.01 at the top level, "
                            + "or flags of argparse with defaults (or use --lr {LR} in `run:` of a chiron.yaml that you write yourself)");
        }
        int exitCode = request.isPresent()
                ? described(path, source, request.get(), adviser).write(task, force)
                : plain(task, String.valueOf(path.getFileName()), source, adviser);
        return exitCode == 0 ? left(source) : exitCode;
    }

    private Path script() {
        if (named.isPresent()) {
            return console.path(named.get());
        }
        if (words.isEmpty()) {
            throw new BadInput("which script? Name it: chiron init train.py");
        }
        Path found = ScriptSearch.only(console.directory());
        console.err().println("The script is " + found.getFileName() + ".");
        return found;
    }

    private Source read(Path path, String shown) {
        try {
            return Source.read(path);
        } catch (IOException e) {
            throw new BadInput(shown + ": cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new BadInput(shown + ": " + e.getMessage(), e);
        }
    }

    private Facts facts() {
        return facts.equals("none") ? Facts.NONE : Facts.TOLD;
    }

    private DescribedInit described(Path script, Source source, Request request, Optional<Adviser> adviser) {
        return new DescribedInit(
                console,
                String.valueOf(script.getFileName()),
                source,
                request,
                adviser,
                facts(),
                new DescribedInit.Wanted(
                        Optional.ofNullable(metric), Optional.ofNullable(goal), words.yes(), words.prediction()));
    }

    private int plain(Path task, String name, Source source, Optional<Adviser> adviser) throws InterruptedException {
        Map<String, Advised> advice = new LinkedHashMap<>();
        if (adviser.isPresent()) {
            String model = adviser.get().name();
            console.err().println("Asking " + model + " for ranges ...");
            Asking.Given<RangesReader.Ranges> given = adviser.get().ranges(name, source, facts());
            if (given.refused()) {
                console.err().println("chiron: " + model + ": " + given.why());
                return End.MODEL_REFUSED.exitCode();
            }
            if (given.found().isEmpty()) {
                console.err()
                        .println(model + " " + given.why() + ". The ranges are those that names and values suggest.");
            }
            given.found().ifPresent(ranges -> {
                ranges.problems().forEach(problem -> console.err().println("Not taken from " + model + ": " + problem));
                ranges.advice().forEach((constant, said) -> advice.put(constant, new Advised(said, given.author())));
            });
            if (new TaskDraft(name, source, advice).isEmpty()) {
                console.err()
                        .println(model + " would tune nothing. The ranges are those that names and values suggest.");
                advice.clear();
            }
        }
        return write(task, new TaskDraft(name, source, advice));
    }

    private int write(Path task, TaskDraft draft) {
        if (metric == null && draft.knownMetric().isEmpty()) {
            console.err()
                    .println("No metric that is known stands in the script. It must print a line such as `"
                            + draft.guessedMetric() + ": 0.42`, or name its own: --metric NAME, or `metric:` in "
                            + task.getFileName() + ".");
        }
        String text = draft.text(metric == null ? draft.guessedMetric() : metric, goal == null ? "" : goal);
        try {
            Files.writeString(task, text);
        } catch (IOException e) {
            throw new UncheckedIOException(task + " cannot be written: " + e.getMessage(), e);
        }
        console.out()
                .println("Wrote " + console.directory().relativize(task) + " with " + draft.size()
                        + (draft.size() == 1 ? " parameter." : " parameters."));
        console.err()
                .println("Look it over, then: chiron run " + console.directory().relativize(task));
        return 0;
    }

    private int left(Source source) {
        for (Unsettable other : source.unsettable()) {
            console.err().println("Left alone: " + other.name() + " (line " + other.line() + "): " + other.why());
        }
        List<Unsettable> flags = source.otherFlags();
        flags.forEach(flag -> console.err()
                .println("Left alone: the flag " + flag.name() + " (line " + flag.line() + "): " + flag.why()));
        if (!flags.isEmpty()) {
            console.err()
                    .println(
                            "To tune a flag all the same, write it into `run:`, as in --lr {LR}, and LR with a default "
                                    + "under `space:`.");
        }
        return 0;
    }
}
