package dev.chiron.agent.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.propose.Learner;
import dev.chiron.agent.propose.Method;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.cma.CommonsMathCmaEs;
import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.optimizers.synthetic.Synthetic;
import dev.chiron.prompts.describe.Remark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyFolderTest {

    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void place() {
        folder = parent.resolve("chiron-study");
    }

    private StudyFolder open() {
        return StudyFolder.open(folder, "task: t\n", CLOCK);
    }

    private static Config config(double lr) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(lr));
        values.put("DEPTH", new Value.Whole(Long.MAX_VALUE));
        values.put("NAME", new Value.Text("a \"b\"\n{{c}} é"));
        values.put("FLAG", new Value.Flag(true));
        return Config.of(values);
    }

    private static Entry entry(int number, Outcome outcome, Optional<ModelTurn> turn) {
        Origin origin = number == 0 ? Origin.BASELINE : Origin.LLM_REPAIRED;
        return new Entry(
                new Trial(
                        number,
                        new Change.Settings(config(0.1 / (number + 3))),
                        origin,
                        outcome,
                        Duration.ofMillis(1234)),
                turn);
    }

    @Test
    void whatIsAppendedIsReadBackExactly() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("acc", 1e-300);
        ModelTurn turn = new ModelTurn(
                        "gone",
                        List.of("dup of 3"),
                        List.of("LR missing"),
                        new Usage(3, 1200, 34),
                        new Asked("0001", "m", "centaur", "ab"))
                .whenRemarked(List.of(
                        new Remark(0, Remark.Kind.ANALYSIS, "It \"helped\"."),
                        new Remark(1, Remark.Kind.OBJECTIVE, "Learn more.")));
        List<Entry> entries = List.of(
                entry(0, new Outcome.Measured(0.1 + 0.2, metrics, List.of()), Optional.empty()),
                entry(1, new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "CUDA\nout"), Optional.of(turn)),
                entry(2, new Outcome.Pruned(3.5, List.of()), Optional.empty()));
        try (StudyFolder study = open()) {
            entries.forEach(study::append);
        }
        Recording recording = Recording.read(folder).orElseThrow();
        assertThat(recording.entries()).isEqualTo(entries);
        assertThat(recording.spec()).isEqualTo("task: t\n");
    }

    @Test
    void withWhatTrialsWereRunIsWrittenWhereItChanges() {
        Versions old = new Versions("0.9", "17.0.1");
        Versions now = new Versions("1.0", "21.0.2");
        for (int session = 0; session < 2; session++) {
            try (StudyFolder study = open()) {
                study.append(old);
                study.append(entry(session, new Outcome.Measured(1), Optional.empty()));
                study.append(old);
            }
        }
        try (StudyFolder study = open()) {
            study.append(now);
            study.append(now);
        }
        assertThat(Recording.read(folder).orElseThrow().versions())
                .containsExactly(new Versions.Since(0, old), new Versions.Since(2, now));
        assertThat(Recording.read(folder).orElseThrow().entries()).hasSize(2);
    }

    @Test
    void anEditThatIsWishedForIsReadBackWithItsScript() throws IOException {
        Variant root = Variant.root("X = 1\n");
        Change.Edit change = new Change.Edit(config(0.1), root.edited("X = 2\n", "Two"));
        Taken edit = new Taken(1, 0, new Steering.Edit(change, Origin.AGENT, "an agent"));
        Taken other = new Taken(2, 1, new Steering.Try(config(0.2), true, Origin.AGENT, "another", "because"));
        Trial ran = new Trial(1, change, Origin.AGENT, new Outcome.Measured(0.5), Duration.ofSeconds(1));
        Trial first = new Trial(
                0, new Change.Settings(config(0.1)), Origin.BASELINE, new Outcome.Measured(0.7), Duration.ofSeconds(1));
        try (StudyFolder study = open()) {
            study.append(edit);
            study.append(new Entry(first, Optional.empty()));
            study.append(other);
            study.append(new Entry(ran, Optional.empty()));
        }
        Recording read = Recording.read(folder).orElseThrow();
        assertThat(read.steerings()).containsExactly(edit, other);
        assertThat(read.wishes()).isEqualTo(Map.of(1, edit.steering()));
        Files.writeString(folder.resolve("variants").resolve(change.script().id()), "X = 3\n");
        assertThatThrownBy(() -> Recording.read(folder))
                .isInstanceOf(UnusableStudy.class)
                .hasMessageContaining("was changed");
    }

    @Test
    void theFirstSpecStays() {
        open().close();
        try (StudyFolder again = StudyFolder.open(folder, "task: other\n", CLOCK)) {
            assertThat(again.recording().spec()).isEqualTo("task: t\n");
        }
    }

    @Test
    void aStudyKilledBeforeItsFirstLineBeginsAnew() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("study.yaml"), "task: half");
        Files.writeString(folder.resolve("journal.jsonl"), "{\"prev\":\"00");
        try (StudyFolder study = open()) {
            assertThat(study.recording().spec()).isEqualTo("task: t\n");
        }
    }

    /** A trial may leave a file there that runs with its owner's rights. */
    @Test
    void nobodyElseCanEnterAStudy() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneWriterAtATime() {
        try (StudyFolder first = open()) {
            assertThat(first.recording().entries()).isEmpty();
            assertThatThrownBy(this::open)
                    .isInstanceOf(UnusableStudy.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(Recording.read(folder)).isPresent(); // reading needs no lock
        }
        open().close();
    }

    @Test
    void aChangedSpecIsNoticed() throws IOException {
        open().close();
        Files.writeString(folder.resolve("study.yaml"), "task: u\n");
        assertThatThrownBy(this::open).isInstanceOf(UnusableStudy.class).hasMessageContaining("study.yaml");
        assertThatThrownBy(this::open).hasMessageContaining("study.yaml"); // and the lock was given back
    }

    @Test
    void trialsOutOfOrderAreNoticed() {
        try (StudyFolder study = open()) {
            study.append(entry(1, new Outcome.Measured(1), Optional.empty()));
        }
        assertThatThrownBy(() -> Recording.read(folder))
                .isInstanceOf(UnusableStudy.class)
                .hasMessageContaining("journal.jsonl:2")
                .hasMessageContaining("trial 0 expected");
    }

    @Test
    void theStateComesBackWithTheNumberOfTrialsItKnows() {
        OptimizerState state = new OptimizerState.Uniform(Long.MIN_VALUE + 3);
        try (StudyFolder study = open()) {
            study.append(entry(0, new Outcome.Measured(1), Optional.empty()));
            study.save(state, Optional.empty());
            study.append(entry(1, new Outcome.Measured(1), Optional.empty())); // killed before the next save
        }
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).contains(new StudyFolder.Saved(1, state, Optional.empty()));
        }
    }

    /** Every part of it there is: C full and diagonal, a restart, learning rates. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void theStateOfCmaEsComesBackBitForBit(int fullUpTo) {
        Synthetic function = Synthetic.mixed();
        CmaSettings settings = CmaSettings.DEFAULT.withFullUpTo(fullUpTo).withAdaptive(true);
        CmaEs optimizer = CmaEs.start(function.space(), function.centre(), settings, 4);
        while (optimizer.state().began() == 0) {
            optimizer.tell(optimizer.ask(), 1);
        }
        optimizer.ask();
        optimizer.tell(optimizer.ask(), 0.1);
        OptimizerState.CmaEs state = optimizer.state();
        assertThat(state.rates()).hasSize(1);
        assertThat(state.restarts().doublings()).isEqualTo(1);
        assertThat(state.drawn()).isNotEmpty();
        Ahead ahead = new Ahead(7, 9, "0010", function.centre(), Origin.CMA_ES, "m", "centaur", "What next?\n");
        try (StudyFolder study = open()) {
            study.append(entry(0, new Outcome.Measured(1), Optional.empty()));
            study.save(state, Optional.of(ahead));
        }
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).contains(new StudyFolder.Saved(1, state, Optional.of(ahead)));
        }
    }

    /** Thirteen trials, one failed, one pruned; one config is running and one was withdrawn. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "CENTAUR",
                "LLAMBO",
                "LLM",
                "LLM_TPE",
                "OPTOPRIME",
                "AGENT_HPO",
                "HYPERBAND",
                "ITERATIVE_DEEPENING_HYPERBAND",
                "BOHB",
                "ASHA",
                "PBT",
                "HDET",
                "CODE",
                "CENTAUR_CODE"
            })
    void theStateOfEveryOptimizerComesBackBitForBit(Method method) {
        Synthetic function = Synthetic.mixed();
        Optimizer optimizer = method.start(function.space(), Prior.flat(function.space(), function.centre()), 4);
        OptimizerState state;
        try (StudyFolder study = open()) {
            for (int number = 0; number < 13; number++) {
                Config config = number == 0 ? function.centre() : optimizer.ask();
                Outcome outcome = number == 5
                        ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "CUDA")
                        : number == 7
                                ? new Outcome.Pruned(function.value(config), List.of())
                                : new Outcome.Measured(function.value(config));
                Trial trial = new Trial(
                        number,
                        new Change.Settings(config),
                        number == 0 ? Origin.BASELINE : optimizer.origin(),
                        outcome,
                        Duration.ofMillis(1234));
                study.append(new Entry(trial, Optional.empty()));
                Observation.of(trial, OBJECTIVE).ifPresent(optimizer::tell);
            }
            optimizer.ask();
            optimizer.withdraw(optimizer.ask());
            state = optimizer.state();
            study.save(state, Optional.empty());
        }
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).contains(new StudyFolder.Saved(13, state, Optional.empty()));
        }
        if (optimizer instanceof CommonsMathCmaEs commons) {
            commons.close();
        }
    }

    /** Each part of a training has an optimizer of its own, told of its own runs alone. */
    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"CMA_ES", "TPE", "GP"})
    void theStateOfEachPartOfATrainingComesBackBitForBit(Method method) {
        Synthetic function = Synthetic.mixed();
        Prior prior = Prior.flat(function.space(), function.centre());
        Ladder ladder = new Ladder("EPOCHS", new Value.Whole(1), new Value.Whole(9), 3);
        Learner learner = Learner.of(method, Method.BOHB, ladder);
        Optimizer optimizer = learner.start(function.space(), prior, 4, List.of());
        OptimizerState state;
        try (StudyFolder study = open()) {
            for (int number = 0; number < 30; number++) {
                Change change = new Change.Settings(optimizer.ask(), ladder.part(number % 3));
                Outcome.Measured value = new Outcome.Measured(function.value(change.config()));
                Outcome outcome = number == 5
                        ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "CUDA")
                        : change.fidelity()
                                .<Outcome>map(part -> new Outcome.Partial(value, part))
                                .orElse(value);
                Trial trial = new Trial(number, change, optimizer.origin(), outcome, Duration.ofMillis(1234));
                study.append(new Entry(trial, Optional.empty()));
                Observation.of(trial, OBJECTIVE).ifPresent(optimizer::tell);
            }
            optimizer.ask();
            state = optimizer.state();
            study.save(state, Optional.empty());
        }
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).contains(new StudyFolder.Saved(30, state, Optional.empty()));
            Optimizer resumed = learner.resume(function.space(), prior, state).orElseThrow();
            assertThat(resumed.ask()).isEqualTo(optimizer.ask());
        }
    }

    @Test
    void aStateOfAnotherJournalOrADamagedOneIsLeftAside() throws IOException {
        try (StudyFolder study = open()) {
            study.save(new OptimizerState.Uniform(1), Optional.empty());
        }
        Path state = folder.resolve("state.json");
        String good = Files.readString(state);
        Files.writeString(state, good.replaceAll("\"after\":\"....", "\"after\":\"zzzz"));
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).isEmpty();
        }
        Files.writeString(state, good.replace("\"state\"", "\"ahead\":{\"number\":1,\"key\":\"0001\"},\"state\""));
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE))
                    .as("from before models were named")
                    .isEmpty();
        }
        Files.writeString(state, good.substring(0, good.length() / 2));
        try (StudyFolder study = open()) {
            assertThat(study.saved(OBJECTIVE)).isEmpty();
        }
    }

    @Test
    void attemptsAreInTheJournalButAreNoTrials() throws IOException {
        try (StudyFolder study = open()) {
            study.appendAttempt(0, new Outcome.Failed(Outcome.Reason.CRASHED, "boom"), Duration.ofSeconds(2));
        }
        assertThat(Recording.read(folder).orElseThrow().entries()).isEmpty();
        assertThat(Files.readString(folder.resolve("journal.jsonl"))).contains("\"attempt\"", "boom");
    }

    @Test
    void anOldStudyIsMovedAsideAndNeverOverwritten() throws IOException {
        open().close();
        assertThat(StudyFolder.setAside(folder)).contains(parent.resolve("chiron-study.1"));
        open().close();
        assertThat(StudyFolder.setAside(folder)).contains(parent.resolve("chiron-study.2"));
        assertThat(StudyFolder.setAside(folder)).isEmpty();
    }

    @Test
    void theWorkspaceIsEmptyEachTimeAndGoneAtTheEnd() throws IOException {
        try (StudyFolder study = open()) {
            Files.createDirectories(study.workspace().resolve("a/b"));
            Files.writeString(study.workspace().resolve("left"), "x");
            assertThat(study.workspace()).isEmptyDirectory();
        }
        assertThat(folder.resolve("workspace")).doesNotExist();
    }
}
