package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Outcome.Reason;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudyLoopTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("X", 0, 1, false),
            new Parameter.Whole("K", 1, 32),
            Parameter.Choice.of("KIND", "a", "b", "c"));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config BASELINE = SPACE.decode(new double[] {0.5, 0.5, 0.1});
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();
    private final List<Config> ran = new ArrayList<>();
    private final Control control = new Control();

    private static Outcome bowl(Config config) {
        double x = config.get("X").asNumber().orElseThrow();
        double k = config.get("K").asNumber().orElseThrow();
        return k > 28
                ? new Outcome.Failed(Reason.OUT_OF_MEMORY, "too large")
                : new Outcome.Measured(Math.pow(x - 0.2, 2) + Math.pow(k - 9, 2) / 1000);
    }

    private Runner runner(Function<Config, Outcome> outcome) {
        return (change, workspace, holdout) -> {
            assertThat(workspace).isEmptyDirectory();
            ran.add(change.config());
            return execution(outcome.apply(change.config()));
        };
    }

    private static Execution execution(Outcome outcome) {
        return new Execution(outcome, Duration.ofSeconds(2), "head", "tail", OptionalInt.of(0), "");
    }

    private End run(String name, Method method, Budget budget, Runner runner) {
        return run(name, method, budget, runner, Tactics.NONE, new History(OBJECTIVE));
    }

    private End run(String name, Method method, Budget budget, Runner runner, Tactics tactics, History history) {
        try (StudyFolder study = StudyFolder.open(folder.resolve(name), "task: t\n", CLOCK)) {
            Optional<StudyFolder.Saved> saved = study.saved(OBJECTIVE);
            Optimizer optimizer = saved.flatMap(
                            known -> method.resume(SPACE, Prior.flat(SPACE, BASELINE), known.state()))
                    .orElseGet(() -> method.start(SPACE, Prior.flat(SPACE, BASELINE), 3));
            Proposer proposer = new OptimizerProposer(optimizer, tactics, SPACE, OBJECTIVE, 3);
            int told = saved.map(StudyFolder.Saved::trials).orElse(0);
            return new StudyLoop(study, history, proposer, told, runner, events::add, control, List::of)
                    .run(BASELINE, budget);
        }
    }

    /** The bowl with noise that depends on nothing but the trial's number, and repeats. */
    private End runNoisily(String name, Method method, int trials) {
        Runner noisy = (change, workspace, holdout) -> {
            int number = Recording.read(folder.resolve(name))
                    .map(recording -> recording.entries().size())
                    .orElse(0);
            Outcome outcome = bowl(change.config()) instanceof Outcome.Measured measured
                    ? new Outcome.Measured(measured.value() + 0.05 * new SplitMix(number).nextGaussian())
                    : bowl(change.config());
            return execution(outcome);
        };
        return run(name, method, Budget.ofTrials(trials), noisy, Tactics.DEFAULT, new History(OBJECTIVE, 3));
    }

    private End run(String name, int trials) {
        return run(name, Method.CMA_ES, Budget.ofTrials(trials), runner(StudyLoopTest::bowl));
    }

    private List<Entry> entries(String name) {
        return Recording.read(folder.resolve(name)).orElseThrow().entries();
    }

    static Stream<Method> optimizers() {
        return Stream.of(Method.values()).filter(method -> !method.isTeam());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stoppedAfterAnyTrialItGoesOnAsIfItHadNot(Method method) {
        run("whole", method, Budget.ofTrials(40), runner(StudyLoopTest::bowl));
        for (int stop = 1; stop <= 40; stop++) {
            run("stopped", method, Budget.ofTrials(stop), runner(StudyLoopTest::bowl));
            assertThat(entries("stopped"))
                    .as("stopped after %d", stop)
                    .isEqualTo(entries("whole").subList(0, stop));
        }
    }

    /** Times are noise, and finer than the journal has them: a study that goes on knows what stands there, and proposes what it would have. */
    @Test
    void whatATrialCostsIsWhatTheJournalSays() throws IOException {
        run("whole", Method.COST_AWARE, Budget.ofTrials(40), timed(1_234_567.891));
        assertThat(entries("whole")).extracting(entry -> entry.trial().origin()).contains(Origin.COST_AWARE);
        for (int stop = 1; stop < 40; stop += 3) {
            String name = "stopped-" + stop;
            run(name, Method.COST_AWARE, Budget.ofTrials(stop), timed(1_234_567.891));
            if (stop % 2 == 0) {
                Files.delete(folder.resolve(name).resolve("state.json")); // it is but a short cut
            }
            run(name, Method.COST_AWARE, Budget.ofTrials(stop + 1), timed(77_777.777));
            assertThat(entries(name).get(stop).trial().config())
                    .as("stopped after %d", stop)
                    .isEqualTo(entries("whole").get(stop).trial().config());
            assertThat(entries(name).subList(0, stop))
                    .isEqualTo(entries("whole").subList(0, stop));
        }
    }

    /** So many microseconds for each of K and a little more for X. */
    private Runner timed(double micros) {
        return (change, workspace, holdout) -> {
            double x = change.config().get("X").asNumber().orElseThrow();
            double k = change.config().get("K").asNumber().orElseThrow();
            Duration took = Duration.ofNanos(Math.round(1000 * micros * (k + x)));
            return new Execution(bowl(change.config()), took, "head", "tail", OptionalInt.of(0), "");
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"CMA_ES", "TPE", "GP", "RANDOM", "COMMONS_CMA_ES"})
    void alsoWithRepeatsItGoesOnAsIfItHadNotStopped(Method method) throws IOException {
        runNoisily("whole", method, 40);
        assertThat(entries("whole"))
                .filteredOn(entry -> entry.trial().origin() == Origin.REPEAT)
                .hasSizeBetween(4, 30);
        for (int stop = 1; stop <= 40; stop++) {
            runNoisily("stopped", method, stop);
            assertThat(entries("stopped"))
                    .as("stopped after %d", stop)
                    .isEqualTo(entries("whole").subList(0, stop));
            if (stop % 2 == 0 && stop < 40) {
                Files.delete(folder.resolve("stopped/state.json"));
            }
        }
        assertThat(stateOf("stopped")).isEqualTo(stateOf("whole"));
    }

    @Test
    void repeatsAreTrialsOfConfigsThatRanAndNothingElseIsRunTwice() {
        runNoisily("study", Method.CMA_ES, 120);
        assertThat(entries("study")).hasSize(120);
        HashSet<Config> before = new HashSet<>();
        for (Entry entry : entries("study")) {
            boolean isNew = before.add(entry.trial().config());
            assertThat(isNew).isEqualTo(entry.trial().origin() != Origin.REPEAT);
        }
    }

    @Test
    void noOptimizerIsToldOfRepeats() throws IOException {
        runNoisily("study", Method.TPE, 40);
        long own = entries("study").stream()
                .filter(entry -> entry.trial().origin() != Origin.REPEAT)
                .count();
        assertThat(stateOf("study")).contains("\"observations\":" + own);
    }

    @Test
    void withoutItsStateFileItReplaysTheJournalToTheSameState() throws IOException {
        run("whole", 50);
        run("replayed", 33);
        Files.delete(folder.resolve("replayed/state.json"));
        run("replayed", 50);
        assertThat(entries("replayed")).isEqualTo(entries("whole"));
        assertThat(stateOf("replayed")).isEqualTo(stateOf("whole"));
    }

    private String stateOf(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("state.json")).replaceAll("\"after\":\"[0-9a-f]*\"", "");
    }

    @Test
    void theBaselineIsTrialZeroAndNothingIsRunTwice() {
        assertThat(run("study", 120)).isEqualTo(End.DONE);
        assertThat(entries("study").get(0).trial().origin()).isEqualTo(Origin.BASELINE);
        assertThat(entries("study").get(0).trial().config()).isEqualTo(BASELINE);
        assertThat(new HashSet<>(ran)).hasSize(120);
    }

    @Test
    void aFiniteSpaceEndsTheStudyWhenAllOfItWasRun() {
        SearchSpace small = SearchSpace.of(new Parameter.Whole("K", 1, 4), Parameter.Choice.of("KIND", "a", "b"));
        Config start = small.decode(new double[] {0, 0});
        try (StudyFolder study = StudyFolder.open(folder.resolve("small"), "task: t\n", CLOCK)) {
            Proposer proposer = new OptimizerProposer(
                    Method.CMA_ES.start(small, Prior.flat(small, start), 1), Tactics.NONE, small, OBJECTIVE, 1);
            Runner runner = runner(
                    config -> new Outcome.Measured(config.get("K").asNumber().orElseThrow()));
            StudyLoop loop = new StudyLoop(study, OBJECTIVE, proposer, 0, runner, events::add, control);
            assertThat(loop.run(start, Budget.ofTrials(100))).isEqualTo(End.DONE);
        }
        assertThat(new HashSet<>(ran)).hasSize(8);
        assertThat(ran).hasSize(8);
    }

    @Test
    void trainingTimeIsABudgetToo() {
        Budget tenSeconds =
                new Budget(OptionalInt.empty(), Optional.of(Duration.ofSeconds(10)), OptionalDouble.empty());
        run("study", Method.RANDOM, tenSeconds, runner(StudyLoopTest::bowl));
        assertThat(ran).hasSize(5);
        run("study", Method.RANDOM, tenSeconds, runner(StudyLoopTest::bowl));
        assertThat(ran).as("time of earlier sessions counts").hasSize(5);
    }

    @Test
    void aBrokenMachineIsTriedAgainAndNeverTold() {
        List<Outcome> outcomes = new ArrayList<>();
        Runner flaky = (change, workspace, holdout) -> {
            boolean broken = outcomes.size() % 3 == 1;
            Outcome outcome = broken ? new Outcome.Failed(Reason.INFRASTRUCTURE, "no disk") : bowl(change.config());
            outcomes.add(outcome);
            return execution(outcome);
        };
        run("flaky", Method.CMA_ES, Budget.ofTrials(20), flaky);
        run("sound", 20);
        assertThat(entries("flaky")).isEqualTo(entries("sound"));
        assertThat(events).anyMatch(event -> event instanceof Event.Retrying);
    }

    @Test
    void aMachineThatStaysBrokenStopsTheStudyWhichCanGoOnLater() {
        run("study", 5);
        End end = run(
                "study",
                Method.CMA_ES,
                Budget.ofTrials(20),
                runner(config -> new Outcome.Failed(Reason.INFRASTRUCTURE, "no disk")));
        assertThat(end).isEqualTo(End.BROKEN_MACHINE);
        assertThat(entries("study")).hasSize(8);
        assertThat(run("study", 20)).isEqualTo(End.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRASHED", "OUT_OF_MEMORY", "NO_METRIC", "TIMED_OUT", "DIVERGED", "INFRASTRUCTURE"})
    void aBaselineThatFailsEndsTheStudyAndIsTriedAnewNextTime(String reason) {
        Runner failing = runner(config -> new Outcome.Failed(Reason.valueOf(reason), "boom"));
        assertThat(run("study", Method.CMA_ES, Budget.ofTrials(20), failing))
                .isEqualTo(reason.equals("INFRASTRUCTURE") ? End.BROKEN_MACHINE : End.BASELINE_FAILED);
        assertThat(entries("study")).isEmpty();
        assertThat(run("study", 20)).isEqualTo(End.DONE);
    }

    @Test
    void aPauseEndsAfterTheRunningTrial() {
        Runner pausing = (change, workspace, holdout) -> {
            control.stop();
            return execution(bowl(change.config()));
        };
        assertThat(run("study", Method.CMA_ES, Budget.ofTrials(20), pausing)).isEqualTo(End.INTERRUPTED);
        assertThat(entries("study")).hasSize(1);
    }

    @Test
    void aRunThatCrashesUnderThePauseIsNoTrialAndIsRunAgain() {
        run("study", 3);
        Runner struck = (change, workspace, holdout) -> {
            control.stop();
            return execution(new Outcome.Failed(Reason.CRASHED, "KeyboardInterrupt"));
        };
        assertThat(run("study", Method.CMA_ES, Budget.ofTrials(20), struck)).isEqualTo(End.INTERRUPTED);
        assertThat(entries("study")).hasSize(3);
    }

    @Test
    void anInterruptGivesTheRunningTrialUp() {
        Runner interrupted = (change, workspace, holdout) -> {
            throw new InterruptedException();
        };
        assertThat(run("study", Method.CMA_ES, Budget.ofTrials(20), interrupted))
                .isEqualTo(End.INTERRUPTED);
        assertThat(entries("study")).isEmpty();
    }

    @Test
    void whatIsKeptOfATrialLiesInItsFolder() throws IOException {
        run("study", 2);
        assertThat(Files.readString(folder.resolve("study/trials/0001/tail.log")))
                .isEqualTo("tail");
        assertThat(folder.resolve("study/trials/0001/change.diff")).doesNotExist();
    }

    /** Ten thousand curves of a thousand points would take hundreds of megabytes. */
    @Test
    void aCurveLiesInTheTrialsFolderAndNotInTheMemory() {
        Runner curved = runner(config ->
                new Outcome.Measured(1, Map.of(), List.of(new Outcome.CurvePoint(1, 3), new Outcome.CurvePoint(2, 2))));
        run("study", Method.CMA_ES, Budget.ofTrials(2), curved);
        assertThat(events)
                .filteredOn(Event.Finished.class::isInstance)
                .hasSize(2)
                .allSatisfy(event -> assertThat(
                                ((Event.Finished) event).entry().trial().outcome())
                        .isEqualTo(new Outcome.Measured(1)));
        assertThat(folder.resolve("study/trials/0001"))
                .isDirectoryContaining(path -> path.toString().contains("curve"));
    }

    @Test
    void theOutcomeIsInTheJournalBeforeAnybodyHearsOfIt() {
        List<Integer> journalled = new ArrayList<>();
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", CLOCK)) {
            Proposer proposer = new OptimizerProposer(
                    Method.RANDOM.start(SPACE, Prior.flat(SPACE, BASELINE), 1), Tactics.NONE, SPACE, OBJECTIVE, 1);
            Event.Listener listener = event -> {
                if (event instanceof Event.Finished) {
                    journalled.add(entries("study").size());
                }
            };
            new StudyLoop(study, OBJECTIVE, proposer, 0, runner(StudyLoopTest::bowl), listener, control)
                    .run(BASELINE, Budget.ofTrials(3));
        }
        assertThat(journalled).containsExactly(1, 2, 3);
    }
}
