package dev.chiron.agent.branch;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.spec.SpecReader;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.Pick;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Evidence;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.reply.Forecast;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A study of edits on disk, as the loop would have left it: whatever looks better is run again until it is decided. */
public final class KeptStudy {

    /** When the first line was written; each line after it is a minute later. */
    public static final Instant BEGAN = Instant.parse("2026-11-21T05:00:00Z");

    /** Enough lines apart that edits of different functions do not meet. */
    public static final String SCRIPT = """
            \"\"\"A training.\"\"\"
            LR = 0.1
            DEPTH = 8


            def model(x):
                return x * LR


            def schedule(step):
                return 1.0


            def data():
                return [1, 2, 3]


            print("loss:", sum(model(x) * schedule(x) for x in data()))
            """;

    private static final String TASK = """
            task: Train.
            script: train.py
            run: python3 {script} --width {WIDTH}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              LR: { type: float, low: 0.001, high: 1.0, log: true }
              DEPTH: { type: int, low: 1, high: 64 }
              WIDTH: { type: int, low: 1, high: 512, default: 16 }
            method: cma-es
            llm: none
            budget: { trials: 100 }
            """;

    private static final double[] NOISE = {0.001, -0.001, 0.0015, -0.0015, 0.0005, -0.0005};

    private final Path project;
    private final Path folder;
    private final Spec spec;
    private final History history;
    private final Map<Change.Key, Double> truth = new LinkedHashMap<>();
    private final AtomicInteger lines = new AtomicInteger();
    private int noisy;

    /** Begins a study named {@code chiron-study} of the script in a project, which is written if it is not there. */
    public KeptStudy(Path project) {
        this(project, project.resolve("chiron-study"), new Evidence(0));
    }

    /** Begins one in another folder, or by other evidence. */
    public KeptStudy(Path project, Path folder, Evidence evidence) {
        this.project = project;
        this.folder = folder;
        try {
            Files.createDirectories(project);
            if (!Files.exists(project.resolve("train.py"))) {
                Files.writeString(project.resolve("train.py"), SCRIPT);
            }
            Path task = Files.writeString(project.resolve("chiron.yaml"), TASK);
            Map<String, Value> constants = new LinkedHashMap<>();
            Source.read(project.resolve("train.py")).constants().forEach(one -> constants.put(one.name(), one.value()));
            this.spec = new SpecReader(List.of("cma-es"), List.of("cma-es"), Map.of())
                    .read(task, List.of())
                    .complete(constants, Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.history = new History(spec.objective(), evidence, Earlier.NONE);
        try (StudyFolder study = open()) {
            study.keepScript(project.resolve("train.py"));
        }
        add(new Change.Settings(config(0.1, 8, 16)), Origin.BASELINE, 1.0, Optional.empty());
    }

    private StudyFolder open() {
        return StudyFolder.open(
                folder, FrozenSpec.text(spec, folder), () -> BEGAN.plusSeconds(60L * lines.getAndIncrement()));
    }

    /** The study's folder. */
    public Path folder() {
        return folder;
    }

    /** The task. */
    public Spec spec() {
        return spec;
    }

    /** All trials. */
    public History history() {
        return history;
    }

    /** The script that the study began with. */
    public Variant root() {
        try {
            return Variant.root(Files.readString(folder.resolve("script/train.py")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values of all three parameters. */
    public static Config config(double lr, long depth, long width) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(lr));
        values.put("DEPTH", new Value.Whole(depth));
        values.put("WIDTH", new Value.Whole(width));
        return Config.of(values);
    }

    /** An edit of a variant that a model proposed and that is worth so much, with its repeats; gives what it made. */
    public Variant edit(Variant parent, String from, String to, String idea, double worth) {
        Config config = history.incumbent().orElseThrow().config();
        if (!parent.text().contains(from)) {
            throw new IllegalArgumentException(from + " is not in the script");
        }
        Variant edited = parent.edited(parent.text().replace(from, to), idea);
        add(new Change.Edit(config, edited), Origin.LLM, worth, Optional.of(turn()));
        return edited;
    }

    /** Settings on what the incumbent's script is, proposed by the optimizer. */
    public void tune(Config config, double worth) {
        Optional<Variant> variant = history.incumbent().orElseThrow().change().variant();
        Change change = variant.isPresent() ? new Change.Edit(config, variant.get()) : new Change.Settings(config);
        add(change, Origin.CMA_ES, worth, Optional.empty());
    }

    /** A trial that failed. */
    public void fail(Variant variant, Outcome.Reason reason, String detail) {
        Change change = new Change.Edit(history.incumbent().orElseThrow().config(), variant);
        append(change, Origin.LLM, new Outcome.Failed(reason, detail), Optional.of(turn()));
    }

    /** What a model's turn is journalled with. */
    public static ModelTurn turn() {
        return new ModelTurn(
                        "",
                        List.of("the text to replace is not in the script"),
                        List.of(),
                        new Usage(2, 900, 120),
                        new Asked("0003", "ollama:qwen3:8b", "code", "ab"))
                .whenPicked(new Pick(1, 1, new Forecast(OptionalDouble.of(0.9), OptionalDouble.of(0.05))), List.of());
    }

    private void add(Change change, Origin origin, double worth, Optional<ModelTurn> turn) {
        truth.put(change.key(), worth);
        append(change, origin, measured(change), turn);
        while (history.rerun().isPresent()) {
            Change again = history.rerun().orElseThrow().change();
            append(again, Origin.REPEAT, measured(again), Optional.empty());
        }
    }

    private Outcome measured(Change change) {
        double value = truth.get(change.key()) + NOISE[noisy++ % NOISE.length];
        OptionalDouble holdout = history.needsHoldout() ? OptionalDouble.of(value + 0.25) : OptionalDouble.empty();
        return new Outcome.Measured(value, Map.of(), List.of(), holdout);
    }

    private void append(Change change, Origin origin, Outcome outcome, Optional<ModelTurn> turn) {
        Trial trial = new Trial(history.trials().size(), change, origin, outcome, Duration.ofSeconds(3));
        try (StudyFolder study = open()) {
            study.append(new Entry(trial, turn));
        }
        history.add(trial);
    }

    /** A text with the ends of lines that Windows has. */
    public static String crlf(String text) {
        return text.lines().map(line -> line + "\r\n").collect(Collectors.joining());
    }

    /** Runs the program git in a folder, with settings of nobody, and gives what it said. */
    public static String git(Path folder, String... arguments) {
        try {
            java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            builder.environment().put("GIT_AUTHOR_NAME", "A");
            builder.environment().put("GIT_AUTHOR_EMAIL", "a@example.org");
            builder.environment().put("GIT_COMMITTER_NAME", "A");
            builder.environment().put("GIT_COMMITTER_EMAIL", "a@example.org");
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
