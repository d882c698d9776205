package dev.chiron.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.Event;
import dev.chiron.agent.Pruning;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Setting;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.sandbox.run.Clearing;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Same seed, same replies, same steerings at the same trial: the same study, killed and resumed wherever it may be. */
class SteeringResumeTest {

    private static final String TASK = """
            task: a bowl
            script: train.py
            run: python3 {script}
            metric: { name: loss }
            space:
              X: { type: float, low: 0, high: 1 }
              K: { type: int, low: 1, high: 32 }
              KIND: { type: choice, options: [a, b, c] }
              RATE: { type: float, low: 1e-4, high: 1, log: true }
            constraints: [ "K <= 30" ]
            fidelity: { name: EPOCHS, min: 1, max: 9 }
            seed: 7
            """;

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T05:00:00Z"));

    @TempDir
    Path folder;

    private Surroundings surroundings;

    /** What is steered, by how many trials there are then. */
    private final Map<Integer, List<Steering>> plan = new LinkedHashMap<>();

    @BeforeEach
    void project() throws IOException {
        Files.writeString(folder.resolve("chiron.yaml"), TASK);
        Files.writeString(
                folder.resolve("train.py"),
                "X = 0.5\nK = 16\nKIND = \"a\"\nRATE = 0.01\nEPOCHS = 3\nDECAY = 0.1\nprint('loss:', X)\n");
        surroundings = new Surroundings(folder, Map.of("HOME", folder.toString()), CLOCK, note -> {});
        plan.put(4, List.of(new Steering.Pin("KIND", new Value.Text("b"))));
        plan.put(5, List.of(new Steering.Try(config(0.25, 9, "b", 0.02))));
        plan.put(7, List.of(new Steering.Range("X", new Value.Real(0.1), new Value.Real(0.6))));
        plan.put(
                9,
                List.of(
                        new Steering.Ban("K > 20"),
                        new Steering.Limit(OptionalInt.of(22), Optional.empty(), OptionalDouble.empty())));
        plan.put(11, List.of(new Steering.Add("DECAY", "{ type: float, low: 0, high: 0.5, when: { KIND: [a, b] } }")));
        plan.put(13, List.of(new Steering.Unpin("KIND"), new Steering.Drop("RATE")));
        plan.put(16, List.of(new Steering.Undo(8)));
    }

    private static Config config(double x, long k, String kind, double rate) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("X", new Value.Real(x));
        values.put("K", new Value.Whole(k));
        values.put("KIND", new Value.Text(kind));
        values.put("RATE", new Value.Real(rate));
        return Config.of(values);
    }

    private static Outcome bowl(Config config) {
        double x = config.get("X").asNumber().orElseThrow();
        double k = config.get("K").asNumber().orElseThrow();
        double rate = Math.log10(config.get("RATE").asNumber().orElseThrow());
        double decay = config.find("DECAY")
                .map(value -> value.asNumber().orElseThrow())
                .orElse(0.1);
        boolean b = config.get("KIND").equals(new Value.Text("b"));
        return k > 28
                ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "too large")
                : new Outcome.Measured(Math.pow(x - 0.2, 2)
                        + Math.pow(k - 9, 2) / 1000
                        + Math.pow(rate + 2, 2) / 10
                        + Math.pow(decay - 0.3, 2)
                        + (b ? 0 : 0.1));
    }

    private static final Runner RUNNER = (change, workspace, holdout) -> {
        Outcome whole = bowl(change.config());
        Outcome outcome = whole instanceof Outcome.Measured measured
                        && change.fidelity().isPresent()
                ? new Outcome.Partial(
                        new Outcome.Measured(
                                measured.value() + 1 - change.fidelity().get().share()),
                        change.fidelity().get())
                : whole;
        return new Execution(outcome, Duration.ofSeconds(2), "head", "tail", OptionalInt.of(0), "")
                .saving(Optional.of(saved(workspace)));
    };

    private static Path saved(Path workspace) {
        try {
            Path folder = Files.createDirectory(workspace.resolve("saved"));
            Files.writeString(folder.resolve("weights"), "1 2 3");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs to the end, and keeps a copy of what is on disk at each event. */
    private List<Path> run(Path study, String method) {
        List<Path> copies = new ArrayList<>();
        Path file = folder.resolve("chiron.yaml");
        List<Setting> flags = new ArrayList<>(
                Stream.of("method=" + method, "llm.model=builtin", "llm.share=0.5", "llm.warmup=3", "budget.trials=18")
                        .map(Setting::set)
                        .toList());
        if (FidelitySpec.POPULATIONS.contains(method)) {
            flags.add(Setting.set("checkpoints.keep=1g"));
        }
        if (method.equals(FidelitySpec.HDET)) {
            flags.add(Setting.set("hdet.parameter=RATE"));
        }
        boolean begun = Files.exists(study.resolve("journal.jsonl"));
        Spec asked = begun
                ? new TaskFile(surroundings).readFor(file, flags, study)
                : new TaskFile(surroundings).read(file, flags);
        List<Panel.Member> members = new Lineup(surroundings, asked).members();
        Spec spec = members.isEmpty() ? asked : asked.withLlm(Language.prompted(asked.llm(), members));
        try (StudyFolder open = StudyFolder.open(study, FrozenSpec.text(spec, study), CLOCK)) {
            open.keepScript(folder.resolve("train.py"));
            Roster roster = new Roster(surroundings, Purse.open(surroundings, spec, study, false), spec, members, open);
            Course course = Course.of(
                    spec, () -> TaskFile.constants(study.resolve("script/train.py"), "train.py"), taken -> false);
            Cast cast = new TunersCast(surroundings, roster, open).open(course);
            Control control = new Control();
            Event.Listener listener = event -> {
                if (event instanceof Event.Finished finished) {
                    steer(control, finished.history().trials().size(), 0);
                } else if (event instanceof Event.Started started) {
                    int trials = started.history().trials().size();
                    steer(control, trials, (int) open.recording().steerings().stream()
                            .filter(taken -> taken.trials() == trials)
                            .count());
                } else if (event instanceof Event.Unsteered refused) {
                    throw new AssertionError(refused.why());
                }
                if (!begun && (event instanceof Event.Finished || event instanceof Event.Steered)) {
                    copies.add(copy(study, folder.resolve(study.getFileName() + "-" + copies.size())));
                }
            };
            End end = new StudyLoop(
                            open,
                            new History(
                                    spec.objective(),
                                    spec.evidence(),
                                    open.imported().earlier()),
                            cast.proposer(),
                            cast.told(),
                            RUNNER,
                            listener,
                            control,
                            roster::answered,
                            cast.proposer(),
                            Pruning.none(spec.objective()))
                    .run(spec.baseline(), spec.budget());
            assertThat(end).isEqualTo(End.DONE);
        }
        return copies;
    }

    private void steer(Control control, int trials, int taken) {
        plan.getOrDefault(trials, List.of()).stream().skip(taken).forEach(control::steer);
    }

    /** What a question asked ahead writes, which may be gone before it is copied. */
    private static boolean isBeingWritten(Path file) {
        return String.valueOf(file.getFileName()).startsWith(".write");
    }

    private static Path copy(Path from, Path to) {
        try {
            Files.walkFileTree(from, new Copying(from, to));
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Copying extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;

        Copying(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        private Path target(Path file) {
            return to.resolve(from.relativize(file).toString());
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(target(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!file.endsWith("lock") && !file.endsWith("writer") && !isBeingWritten(file)) {
                Files.copy(file, target(file), StandardCopyOption.REPLACE_EXISTING);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (isBeingWritten(file)) {
                return FileVisitResult.CONTINUE; // gone since its folder was listed
            }
            throw e;
        }
    }

    private void clear(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith(name))
                    .toList()) {
                Clearing.remove(file);
            }
        }
    }

    private static List<String> story(Path study) {
        Recording recording = Recording.read(study).orElseThrow();
        List<String> story = new ArrayList<>();
        for (Entry entry : recording.entries()) {
            Trial trial = entry.trial();
            recording.steerings().stream()
                    .filter(taken -> taken.trials() == trial.number())
                    .forEach(taken ->
                            story.add(taken.number() + " " + taken.steering().text()));
            story.add(trial.number() + " " + trial.origin().label() + " " + trial.config() + " "
                    + entry.turn().map(turn -> turn.asked().prompt()).orElse(""));
        }
        return story;
    }

    @Test
    void notesSharesAndModelsHoldWhereverItIsKilled() throws IOException {
        plan.clear();
        plan.put(4, List.of(new Steering.Note("Small X is better.")));
        plan.put(6, List.of(new Steering.Share(OptionalDouble.of(0.9))));
        plan.put(8, List.of(new Steering.Model("perturb")));
        plan.put(11, List.of(new Steering.Model("builtin"), new Steering.Note("So is K near 9.")));
        plan.put(13, List.of(new Steering.Share(OptionalDouble.empty()), new Steering.Forget()));
        plan.put(15, List.of(new Steering.Undo(7)));
        Path whole = folder.resolve("whole");
        List<Path> copies = run(whole, "centaur");
        List<String> story = story(whole);
        assertThat(story)
                .hasSize(18 + 8)
                .anyMatch(line -> line.contains(" perturb "))
                .anyMatch(line -> line.contains(" builtin "));
        for (int i = 3; i < copies.size(); i += 2) {
            Path resumed = copy(copies.get(i), folder.resolve("resumed"));
            if (i % 3 == 0) {
                Files.delete(resumed.resolve("state.json"));
            }
            run(resumed, "centaur");
            assertThat(story(resumed)).as("killed at " + i).isEqualTo(story);
            clear("resumed");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cma-es",
                "tpe",
                "gp",
                "random-forest",
                "random",
                "turbo",
                "conformal",
                "genetic",
                "nsga2",
                "mo-cma-es",
                "cross-entropy",
                "portfolio",
                "sobol",
                "grid",
                "commons-cma-es",
                "centaur",
                "llambo",
                "llm",
                "llm-tpe",
                "optoprime",
                "agent-hpo",
                "hyperband",
                "iterative-deepening-hyperband",
                "bohb",
                "asha",
                "pbt",
                "hdet"
            })
    void killedAnywhereItGoesOnAsIfItHadNot(String method) throws IOException {
        Path whole = folder.resolve("whole");
        List<Path> copies = run(whole, method);
        List<String> story = story(whole);
        assertThat(story).hasSize(22 + 9).anyMatch(line -> line.startsWith("5 person X=0.25 K=9"));
        int step = List.of("cma-es", "centaur", "llambo", "llm", "llm-tpe", "optoprime", "agent-hpo", "bohb")
                        .contains(method)
                ? 4
                : 7; // the others differ in their optimizer alone
        int first = 3 + method.length() % 4; // together the methods are killed everywhere
        for (int i = first; i < copies.size(); i += step) {
            Path resumed = copy(copies.get(i), folder.resolve("resumed"));
            if (i % 3 == 0) {
                Files.delete(resumed.resolve("state.json"));
            } else if (i % 3 == 1) { // killed between the line and the state
                Files.copy(
                        copies.get(i - 1).resolve("state.json"),
                        resumed.resolve("state.json"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            run(resumed, method);
            assertThat(story(resumed)).as("killed at " + i).isEqualTo(story);
            clear("resumed");
        }
    }

    @Test
    void whatIsSteeredHolds() {
        Path study = folder.resolve("whole");
        run(study, "tpe");
        List<Trial> trials = Recording.read(study).orElseThrow().entries().stream()
                .map(Entry::trial)
                .toList();
        assertThat(trials.get(5).origin()).isEqualTo(Origin.PERSON);
        assertThat(trials.subList(4, 13))
                .allMatch(trial -> trial.config().get("KIND").text().equals("b"));
        assertThat(trials.subList(7, 22))
                .allMatch(trial -> trial.config().get("X").asNumber().orElseThrow() <= 0.6);
        assertThat(trials.subList(9, 22))
                .allMatch(trial -> trial.config().get("K").asNumber().orElseThrow() <= 20);
        assertThat(trials.subList(0, 11))
                .noneMatch(trial -> trial.config().find("DECAY").isPresent());
        assertThat(trials.subList(11, 22))
                .allMatch(trial -> trial.config().find("DECAY").isPresent()
                        != trial.config().get("KIND").text().equals("c"));
        assertThat(trials.subList(13, 16))
                .allMatch(trial -> trial.config().get("RATE").equals(new Value.Real(0.01)));
        assertThat(trials.subList(16, 22))
                .anyMatch(trial -> !trial.config().get("RATE").equals(new Value.Real(0.01)));
        assertThat(trials).hasSize(22);
    }
}
