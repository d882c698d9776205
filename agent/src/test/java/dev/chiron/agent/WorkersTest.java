package dev.chiron.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.Question;
import dev.chiron.agent.propose.CentaurProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptimizerProposer;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Happening;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Utilisation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.prune.Percentile;
import dev.chiron.optimizers.prune.Timing;
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
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Watch;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Studies with several trials at once, in simulated time: which trial ends first is the test's to say. */
class WorkersTest {

    private static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("X", 0, 1, false),
            new Parameter.Whole("K", 1, 32),
            Parameter.Choice.of("KIND", "a", "b", "c"));
    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);
    private static final Config BASELINE = SPACE.decode(new double[] {0.5, 0.5, 0.1});
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));

    @TempDir
    Path folder;

    private final Control control = new Control();
    private final List<String> asked = new ArrayList<>();
    private int repeats;
    private boolean stopping; // whether runs report on the way, and may be stopped early
    private boolean timed; // whether trials say how long they took; else always the same
    private int seed = 1; // of the durations
    private Duration thinking = Duration.ofSeconds(30);
    private Duration shortest = Duration.ofSeconds(1);
    private Duration longest = Duration.ofSeconds(300);
    private Optional<Utilisation> utilisation = Optional.empty();
    private final List<Integer> sought = new ArrayList<>();
    private int most;

    /** What kills the process at some moment: nothing more is written by anybody. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Outcome bowl(Config config) {
        double x = config.get("X").asNumber().orElseThrow();
        double k = config.get("K").asNumber().orElseThrow();
        return k > 28
                ? new Outcome.Failed(Reason.OUT_OF_MEMORY, "too large")
                : new Outcome.Measured(Math.pow(x - 0.2, 2) + Math.pow(k - 9, 2) / 1000);
    }

    private Execution execution(Crew.Job job) {
        Outcome outcome = bowl(job.change().config());
        if (repeats > 0 && outcome instanceof Outcome.Measured measured) {
            outcome = new Outcome.Measured(measured.value() + 0.05 * new SplitMix(job.number()).nextGaussian());
        }
        if (stopping && outcome instanceof Outcome.Measured measured) {
            outcome = watched(measured, job.watch());
        }
        Duration took = timed ? duration(job) : Duration.ofSeconds(2);
        return new Execution(outcome, took, "head", "tail", OptionalInt.of(0), "");
    }

    /** The value comes down to what is measured in ten steps. */
    private static Outcome watched(Outcome.Measured measured, Watch watch) {
        for (int step = 1; step <= 10; step++) {
            double value = measured.value() + (10 - step) * 0.1;
            Optional<Watch.Stop> stop = watch.reported(step, value);
            if (stop.isPresent()) {
                return new Outcome.Pruned(
                        value, step, stop.get().by(), stop.get().why(), List.of());
            }
        }
        return measured;
    }

    private Pruning pruning() {
        return stopping
                ? Pruning.by(new Percentile(50, 5, new Timing(0, 1), 1), "median", OBJECTIVE)
                : Pruning.none(OBJECTIVE);
    }

    private Duration duration(Crew.Job job) {
        double share = new SplitMix(new SplitMix(1000L * seed + job.number()).nextLong()).nextDouble();
        return shortest.plusNanos((long) (share * longest.minus(shortest).toNanos()));
    }

    /** One who answers after some time, by rules of thumb. */
    private Model model(SimulatedCrew crew) {
        Model rules = new Models(Map.of(), new Builtin()::reply)
                .open("builtin", LlmOptions.defaults())
                .orElseThrow();
        return new Model() {
            @Override
            public String name() {
                return rules.name();
            }

            @Override
            public Answer answer(Question question) throws InterruptedException {
                asked.add(question.key());
                crew.pass(thinking);
                return rules.answer(question);
            }
        };
    }

    private Proposer proposer(Optional<Method> method, StudyFolder study, SimulatedCrew crew) {
        Method known = method.orElse(Method.TPE);
        Optional<StudyFolder.Saved> saved = study.saved(OBJECTIVE);
        Prior prior = Prior.flat(SPACE, BASELINE);
        Optimizer optimizer = saved.flatMap(kept -> known.resume(SPACE, prior, kept.state()))
                .orElseGet(() -> known.start(SPACE, prior, 3));
        return method.<Proposer>map(one -> new OptimizerProposer(optimizer, Tactics.NONE, SPACE, OBJECTIVE, 3))
                .orElseGet(() -> new CentaurProposer(
                        optimizer,
                        Tactics.NONE,
                        new Partner.Speaker(model(crew), new FixedTurns(0.3, 10), false),
                        new Task("Find the bottom.", OBJECTIVE, SPACE, BASELINE),
                        saved.flatMap(StudyFolder.Saved::ahead),
                        3));
    }

    /** Runs a study until it ends, or is killed after so many events. */
    private End run(String name, Optional<Method> method, Plan plan, Budget budget, int killedAfter) {
        List<Event> events = new ArrayList<>();
        Event.Listener listener = event -> {
            events.add(event);
            if (event instanceof Event.Proposing proposing) {
                sought.add(proposing.number());
            }
            if (event instanceof Event.Worked worked) {
                utilisation = Optional.of(worked.utilisation());
            } else if (events.size() > killedAfter) {
                throw new Killed();
            }
        };
        try (StudyFolder study = StudyFolder.open(folder.resolve(name), "task: t\n", CLOCK)) {
            SimulatedCrew crew = new SimulatedCrew(plan.workers(), this::duration, this::execution);
            int told = study.saved(OBJECTIVE).map(StudyFolder.Saved::trials).orElse(0);
            StudyLoop loop = new StudyLoop(
                    study,
                    new History(OBJECTIVE, repeats),
                    proposer(method, study, crew),
                    told,
                    crew,
                    plan,
                    listener,
                    control,
                    List::of,
                    Helm.LASHED,
                    crew::now,
                    pruning());
            End end = loop.run(BASELINE, budget);
            most = crew.most();
            return end;
        }
    }

    private void run(String name, Method method, Plan plan, int trials) {
        assertThat(run(name, Optional.of(method), plan, Budget.ofTrials(trials), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
    }

    private static Plan asynchronous(int workers) {
        return new Plan(workers, false, false);
    }

    private static Plan deterministic(int workers) {
        return new Plan(workers, true, false);
    }

    private Recording recording(String name) {
        return Recording.read(folder.resolve(name)).orElseThrow();
    }

    private List<Entry> entries(String name) {
        return recording(name).entries();
    }

    private static Set<Integer> numbers(List<Entry> entries) {
        Set<Integer> numbers = new TreeSet<>();
        entries.forEach(entry -> numbers.add(entry.trial().number()));
        return numbers;
    }

    private static Set<Integer> upTo(int count) {
        return new TreeSet<>(IntStream.range(0, count).boxed().toList());
    }

    static Stream<Method> methods() {
        return Stream.of(Method.values()).filter(method -> !method.isTeam() && method != Method.COMMONS_CMA_ES);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void severalRunAtOnceAndNothingIsRunTwice(Method method) {
        run("study", method, asynchronous(4), 60);
        List<Entry> entries = entries("study");
        assertThat(most).isEqualTo(4);
        assertThat(numbers(entries)).isEqualTo(upTo(60));
        assertThat(entries.stream().map(entry -> entry.trial().number()).toList())
                .as("in the order in which they ended")
                .isNotEqualTo(List.copyOf(upTo(60)));
        assertThat(recording("study").inOrder().entries().stream()
                        .map(entry -> entry.trial().number()))
                .containsExactlyElementsOf(upTo(60));
        assertThat(entries.stream().map(entry -> entry.trial().config()).distinct())
                .hasSize(60);
        assertThat(recording("study").pending()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void deterministicItIsTheSameStudyWhicheverTrialEndsFirst(Method method) {
        run("one", method, deterministic(4), 60);
        assertThat(most).isEqualTo(4);
        seed = 2;
        run("other", method, deterministic(4), 60);
        assertThat(recording("other").happenings()).isEqualTo(recording("one").happenings());
        assertThat(entries("one").stream().map(entry -> entry.trial().number()).toList())
                .isEqualTo(List.copyOf(upTo(60)));
    }

    @Test
    void deterministicTheSameRunsAreStoppedEarlyWhicheverTrialEndsFirst() {
        stopping = true;
        run("one", Method.RANDOM, deterministic(4), 60);
        seed = 2;
        run("other", Method.RANDOM, deterministic(4), 60);
        assertThat(recording("other").happenings()).isEqualTo(recording("one").happenings());
        assertThat(entries("one").stream().filter(entry -> entry.trial().outcome() instanceof Outcome.Pruned))
                .hasSizeBetween(10, 40);
    }

    /** Else whoever watches is told of a trial that there will never be. */
    @Test
    void nobodyIsSaidToProposeOnceTheBudgetIsSpent() {
        run("study", Method.RANDOM, asynchronous(4), 20);
        assertThat(sought).containsExactlyElementsOf(upTo(20));
    }

    @Test
    void aProposalDependsOnlyOnTrialsThatManyBeforeIt() {
        run("study", Method.TPE, deterministic(4), 40);
        int ended = 0;
        int pending = 0;
        for (Happening happening : recording("study").happenings()) {
            if (happening instanceof Proposed proposed && proposed.number() > 0) {
                pending++;
                assertThat(ended).isEqualTo(Math.max(1, proposed.number() - 3)); // trials 0 to k - 4
            } else if (happening instanceof Entry) {
                ended++;
            }
        }
        assertThat(pending).isEqualTo(39);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void deterministicItGoesOnAfterAnyStopAsIfThereHadBeenNone(Method method) throws IOException {
        run("whole", method, deterministic(3), 40);
        for (int stop = 2; stop < 40; stop += 11) {
            String name = "stopped-" + stop;
            run(name, method, deterministic(3), stop); // the last of them know more than the next is to know
            seed++;
            forget(name, stop % 2 == 0);
            run(name, method, deterministic(3), 40);
            assertThat(withoutEnds(name)).as("stopped after %d", stop).isEqualTo(withoutEnds("whole"));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Method.class,
            names = {"CMA_ES", "TPE", "GP", "PORTFOLIO", "GRID"})
    void deterministicItIsTheSameStudyHoweverOftenItIsKilled(Method method) throws IOException {
        run("whole", method, deterministic(4), 40);
        int kills = 0;
        while (entriesOrNone("killed").size() < 40) {
            int events = 3 + kills * 7 % 23;
            seed++;
            kills++;
            if (isKilled("killed", Optional.of(method), deterministic(4), 40, events)) {
                forget("killed", kills % 2 == 0);
            }
        }
        assertThat(kills).isGreaterThan(5);
        assertThat(withoutEnds("killed")).isEqualTo(withoutEnds("whole"));
    }

    /** Also who asks models: a reply that was asked for is not asked for again. */
    @Test
    void deterministicModelsAreAskedTheSameWhateverHappens() throws IOException {
        Plan plan = new Plan(4, true, true);
        assertThat(run("whole", Optional.empty(), plan, Budget.ofTrials(60), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(asked).isNotEmpty().doesNotHaveDuplicates();
        int kills = 0;
        while (entriesOrNone("killed").size() < 60) {
            seed++;
            kills++;
            if (isKilled("killed", Optional.empty(), plan, 60, 4 + kills * 11 % 31)) {
                forget("killed", kills % 2 == 0);
            }
        }
        assertThat(kills).isGreaterThan(4);
        assertThat(withoutEnds("killed")).isEqualTo(withoutEnds("whole"));
    }

    private boolean isKilled(String name, Optional<Method> method, Plan plan, int trials, int events) {
        try {
            run(name, method, plan, Budget.ofTrials(trials), events);
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private List<Entry> entriesOrNone(String name) {
        return Recording.read(folder.resolve(name)).map(Recording::entries).orElse(List.of());
    }

    private void forget(String name, boolean state) throws IOException {
        if (state) {
            Files.deleteIfExists(folder.resolve(name).resolve("state.json"));
        }
    }

    /** Where the trials stand among the proposals is the same but for those that ended when nothing more was proposed. */
    private List<Object> withoutEnds(String name) {
        List<Object> all = new ArrayList<>();
        recording(name).happenings().stream().filter(Proposed.class::isInstance).forEach(all::add);
        all.addAll(entries(name));
        return all;
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatWasUnderWayWhenItWasKilledIsRunAgainAsItWasProposed(Method method) throws IOException {
        assertThatThrownBy(() -> run("study", Optional.of(method), asynchronous(4), Budget.ofTrials(40), 60))
                .isInstanceOf(Killed.class);
        List<Proposed> pending = recording("study").pending();
        assertThat(pending).hasSize(3); // one has just ended
        copy("study", "replayed");
        Files.delete(folder.resolve("replayed/state.json"));

        run("study", method, asynchronous(4), 40);
        run("replayed", method, asynchronous(4), 40);

        for (Proposed trial : pending) {
            Entry entry = entries("study").stream()
                    .filter(one -> one.trial().number() == trial.number())
                    .findFirst()
                    .orElseThrow();
            assertThat(entry.trial().change()).isEqualTo(trial.change());
            assertThat(entry.trial().origin()).isEqualTo(trial.origin());
        }
        assertThat(numbers(entries("study"))).isEqualTo(upTo(40));
        assertThat(recording("replayed").happenings())
                .as("by its state and by its journal it goes on alike")
                .isEqualTo(recording("study").happenings());
    }

    private void copy(String from, String to) throws IOException {
        Files.createDirectory(folder.resolve(to));
        for (String file : List.of("journal.jsonl", "state.json", "study.yaml")) {
            Files.copy(folder.resolve(from).resolve(file), folder.resolve(to).resolve(file));
        }
    }

    @Test
    void noModelIsAskedAgainForATrialThatWasUnderWay() {
        Plan plan = new Plan(4, false, true);
        for (int kills = 0; entriesOrNone("study").size() < 80; kills++) {
            isKilled("study", Optional.empty(), plan, 80, 20 + kills);
        }
        assertThat(asked).isNotEmpty();
        List<String> turns = new ArrayList<>();
        for (Entry entry : entries("study")) {
            entry.turn().ifPresent(turn -> turns.add(turn.asked().key()));
        }
        assertThat(turns).doesNotHaveDuplicates();
        Set<Integer> proposed = new HashSet<>();
        recording("study").happenings().forEach(happening -> {
            if (happening instanceof Proposed trial) {
                assertThat(proposed.add(trial.number())).isTrue();
            }
        });
        assertThat(asked).as("once each").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void repeatsAreRunOneAfterTheOtherWhileOthersAreTried(boolean deterministic) {
        repeats = 3;
        Plan plan = new Plan(4, deterministic, false);
        assertThat(run("study", Optional.of(Method.TPE), plan, Budget.ofTrials(100), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(entries("study"))
                .filteredOn(entry -> entry.trial().origin() == Origin.REPEAT)
                .hasSizeBetween(4, 70);
        assertThat(most).isEqualTo(4);
        int running = 0;
        Set<Config> known = new HashSet<>();
        for (Happening happening : recording("study").happenings()) {
            if (happening instanceof Proposed trial && trial.origin() == Origin.REPEAT) {
                assertThat(++running).isEqualTo(1);
                assertThat(known).contains(trial.change().config());
            } else if (happening instanceof Proposed trial) {
                assertThat(known.add(trial.change().config())).isTrue();
            } else if (happening instanceof Entry entry && entry.trial().origin() == Origin.REPEAT) {
                running--;
            }
        }
    }

    @Test
    void withOneWorkerTheJournalIsAsItAlwaysWas() throws IOException {
        run("study", Method.TPE, new Plan(1, false, false), 20);
        assertThat(Files.readString(folder.resolve("study/journal.jsonl"))).doesNotContain("proposed", "worked", "gpu");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void itGoesOnWithAnyOtherNumberOfWorkers(int workers) {
        isKilled("study", Optional.empty(), new Plan(4, false, true), 60, 50);
        isKilled("study", Optional.empty(), new Plan(workers, false, true), 60, 30);
        isKilled("study", Optional.empty(), new Plan(2, true, true), 60, 30);
        isKilled("study", Optional.empty(), new Plan(workers, false, true), 60, 30);
        copyAll("study", "replayed");
        assertThat(run("study", Optional.empty(), new Plan(4, false, true), Budget.ofTrials(60), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(run("replayed", Optional.empty(), new Plan(4, false, true), Budget.ofTrials(60), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(numbers(entries("study"))).isEqualTo(upTo(60));
        assertThat(recording("replayed").happenings())
                .isEqualTo(recording("study").happenings());
    }

    private void copyAll(String from, String to) {
        try {
            copy(from, to);
            Files.delete(folder.resolve(to).resolve("state.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void trialsThatAreUnderWayCountTowardsTheTrainingTime() {
        Budget ten = new Budget(OptionalInt.empty(), Optional.of(Duration.ofSeconds(20)), OptionalDouble.empty());
        assertThat(run("study", Optional.of(Method.RANDOM), asynchronous(4), ten, Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(entries("study")).hasSize(10); // of two seconds each
    }

    @Test
    void aFiniteSpaceEndsTheStudyWhenAllOfItWasRun() {
        repeats = 0;
        run("study", Method.GRID, asynchronous(8), 90);
        assertThat(entries("study")).hasSizeLessThanOrEqualTo(90);
        assertThat(entries("study").stream()
                        .map(entry -> entry.trial().config())
                        .distinct())
                .hasSize(entries("study").size());
    }

    /** The goal: 99 % with 8 workers, a model that thinks for 30 seconds, and trials of about 5 minutes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 30})
    void nobodyWaitsForAModelThatThinks(int spread) {
        shortest = Duration.ofMinutes(5).minusSeconds(spread * 5L);
        longest = Duration.ofMinutes(5).plusSeconds(spread * 5L);
        timed = true;
        Plan plan = new Plan(8, false, true);
        assertThat(run("study", Optional.empty(), plan, Budget.ofTrials(1500), Integer.MAX_VALUE))
                .isEqualTo(End.DONE);
        assertThat(entries("study").stream().filter(entry -> entry.turn().isPresent()))
                .as("the model has its share")
                .hasSize((int) (0.3 * 1490));
        assertThat(utilisation.orElseThrow().share()).isGreaterThan(0.99);
    }

    @Test
    void whoProposesAtOnceProposesNothingAhead() {
        run("study", Method.TPE, asynchronous(4), 40);
        int pending = 0;
        for (Happening happening : recording("study").happenings()) {
            pending += happening instanceof Proposed ? 1 : happening instanceof Entry ? -1 : 0;
            assertThat(pending).isLessThanOrEqualTo(4);
        }
    }
}
